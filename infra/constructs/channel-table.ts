import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TABLE } from '../table.ts';
import type { TableRights } from '../table-rights.ts';

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

  /**
   * Allows these actions, each for its partitions alone. The grants of CDK's own table would allow every index,
   * every partition, and more ways of reading than `GetItem`.
   */
  let(who: IGrantable, rights: TableRights): void {
    for (const [right, partitions] of Object.entries(rights)) {
      who.grantPrincipal.addToPrincipalPolicy(
        new PolicyStatement({
          actions: [`dynamodb:${right === 'List' ? 'Query' : right}`],
          resources: [right === 'List' ? this.#indexArn : this.table.tableArn],
          // Of an index the leading key is its own partition key. A scan has none.
          conditions: {
            'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions },
          },
        }),
      );
    }
  }
}
