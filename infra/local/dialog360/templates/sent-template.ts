/** The template that a message names, and what fills its gaps, as it is sent. */
export interface SentTemplate {
  name: string;
  language: { code: string };
  components?: SentComponent[];
}

export interface SentComponent {
  type: 'header' | 'body' | 'button';
  sub_type?: string;
  index?: string | number;
  parameters?: SentParameter[];
}

export interface SentParameter {
  type: string;
  parameter_name?: string;
  text?: string;
  payload?: string;
  coupon_code?: string;
  image?: object;
  video?: object;
  document?: object;
  currency?: { fallback_value?: string };
  date_time?: { fallback_value?: string };
}

/** What is sent for a button of the template, by its place. */
export const forButton = ({ components = [] }: SentTemplate, index: number) =>
  components.find((one) => one.type === 'button' && Number(one.index) === index);

export const parametersFor = (
  { components = [] }: SentTemplate,
  type: 'header' | 'body',
): SentParameter[] => components.find((one) => one.type === type)?.parameters ?? [];

/** Parameters by the names of the gaps they fill: their own, else their place. */
export const valuesOf = (parameters: SentParameter[]): Record<string, string> =>
  Object.fromEntries(
    parameters.map(({ parameter_name, text, currency, date_time }, index) => [
      parameter_name ?? String(index + 1),
      text ?? currency?.fallback_value ?? date_time?.fallback_value ?? '',
    ]),
  );
