import type { synthStack } from './synth-stack.ts';

export interface Statement {
  /** `sqs:SendMessage` */
  actions: string[];
  /** As the template spells them. */
  resources: unknown[];
}

/** What a function's role allows, statement by statement. */
export function statementsOf(
  { id, allOf }: Pick<ReturnType<typeof synthStack>, 'id' | 'allOf'>,
  name: string,
): Statement[] {
  const role = id(`${name}-role`);
  return allOf('AWS::IAM::Policy')
    .filter(({ Roles }) => Roles.some(({ Ref }: { Ref: string }) => Ref === role))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .map(({ Action, Resource }) => ({ actions: [Action].flat(), resources: [Resource].flat() }));
}
