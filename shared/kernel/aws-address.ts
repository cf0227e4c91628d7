/** The address of an AWS service in a region; China's regions have a domain of their own. */
export const awsAddress = (service: string, region: string): string =>
  `https://${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
