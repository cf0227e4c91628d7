import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TABLE } from '../table.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The table with everything the product remembers. Deleting the stack does not delete it. */
export class ChannelTable extends Construct {
  readonly table: Table;
  readonly #indexArn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, 'items', {
      partitionKey: text(TABLE.partitionKey),
      sortKey: text(TABLE.sortKey),
      timeToLiveAttribute: TABLE.ttl,
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { name, partitionKey, sortKey } = TABLE.index;
    this.table.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: text(partitionKey),
      sortKey: text(sortKey),
    });
    this.#indexArn = `${this.table.tableArn}/index/${name}`;
  }

  letRead(who: IGrantable): void {
    allow(who, ['dynamodb:GetItem'], this.table.tableArn);
  }

  letWrite(who: IGrantable): void {
    this.letRead(who);
    allow(who, ['dynamodb:PutItem', 'dynamodb:UpdateItem'], this.table.tableArn);
  }

  /** For a function that everyone on the internet may call: it reads and changes these partitions only. */
  letServe(who: IGrantable, { reads, updates }: { reads: string[]; updates: string[] }): void {
    const { tableArn } = this.table;
    allow(who, ['dynamodb:GetItem'], tableArn, ofPartitions(reads));
    allow(who, ['dynamodb:UpdateItem'], tableArn, ofPartitions(updates));
  }

  letRemove(who: IGrantable): void {
    allow(who, ['dynamodb:DeleteItem'], this.table.tableArn);
  }

  letList(who: IGrantable): void {
    allow(who, ['dynamodb:Query'], this.#indexArn);
  }
}

// The grants of CDK's own table would allow every index, and more ways of reading than GetItem.
const allow = (who: IGrantable, actions: string[], arn: string, conditions = {}) =>
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions, resources: [arn], conditions }),
  );

const ofPartitions = (keys: string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
});
