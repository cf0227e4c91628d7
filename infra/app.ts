// What `cdk synth` and `cdk deploy` run: one stack, the same in every account.
import { App } from 'aws-cdk-lib';
import { ChannelStack } from './stack/channel-stack.ts';
import { readSettings } from './stack/settings.ts';

const app = new App();
new ChannelStack(app, readSettings(app.node));
