/** Where a service of AWS is in a region; China's regions are a world of their own. */
export const awsAddress = (service: string, region: string): string =>
  `https://${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
