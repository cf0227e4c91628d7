import type { synthStack } from './synth-stack.ts';

export interface Statement {
  /** `sqs:SendMessage` */
  actions: string[];
  /** As the template spells them. */
  resources: unknown[];
  /** The partitions of the table it is about; null: all. */
  partitions: string[] | null;
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
    .map(({ Action, Resource, Condition }) => ({
      actions: [Action].flat(),
      resources: [Resource].flat(),
      partitions: Condition ? partitionsIn(Condition) : null,
    }));
}

/** Throws for any other condition: the test must not take it for one that is understood. */
function partitionsIn(condition: Record<string, Record<string, string | string[]>>): string[] {
  const [[kind, keys] = [], ...others] = Object.entries(condition);
  const [[name, values] = [], ...more] = Object.entries(keys ?? {});
  if (kind !== 'ForAllValues:StringLike' || name !== 'dynamodb:LeadingKeys') {
    throw new Error(`unknown condition: ${JSON.stringify(condition)}`);
  }
  if (others.length + more.length > 0) throw new Error('more conditions than are understood');
  return [values ?? []].flat();
}
