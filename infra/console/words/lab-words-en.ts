import type { Sentence } from './sentence.ts';

/** The words of what a person tries out: time that passes, faults, scenarios. */
export const labWordsEn = {
  'time.title': 'Time',
  'time.ahead': '{span} ahead',
  'time.now': 'Here it is {time}, {day}.',
  'time.hint': 'Let time pass: for every chat at once, and never back.',
  'time.pass': 'Let {span} pass',
  'time.hours': 'Hours',
  'time.hours.pass': 'hours pass',
  'lab.label': 'Beside the phone',
  'lab.way': 'Way',
  'faults.title': 'Faults',
  'faults.hint':
    'Choose what goes wrong with the next message or with every one, then write on the phone and follow its way.',
  'faults.count': '{n} on',
  'faults.all-off': 'Switch all off',
  'faults.off': 'Switch off',
  'faults.next': 'Next message',
  'faults.always': 'Every message',
  'faults.next.on': { one: 'for the next message', other: 'for the next {n} messages' },
  'faults.always.on': 'for every message',
  'faults.agent': 'Agent',
  'faults.provider': '360dialog and WhatsApp',
  'faults.webhook': 'Webhook',
  'faults.functions': 'Functions',
  'fault.agent-slow': 'The agent is slow',
  'fault.agent-slow.seen':
    'It is reached 10 seconds late: the visitor sees it type, and what the visitor writes meanwhile waits.',
  'fault.agent-down': 'The agent is down',
  'fault.agent-down.seen':
    'It is asked again a little later, and the visitor gets the answer then.',
  'fault.agent-nonsense': 'The agent talks nonsense',
  'fault.agent-nonsense.seen':
    'It answers with a web page instead of JSON: the message stays unanswered, and the way says why.',
  'fault.provider-429': 'Too many messages (429)',
  'fault.provider-429.seen': 'The reply waits a little, and goes.',
  'fault.provider-500': 'An error of WhatsApp (500)',
  'fault.provider-500.seen': 'The reply is tried again, and goes once.',
  'fault.pair-limit': 'Too fast to one visitor (131056)',
  'fault.pair-limit.seen': 'The reply waits, and each time longer.',
  'fault.answer-lost': 'The answer is lost',
  'fault.answer-lost.seen':
    'WhatsApp has taken the message: the sender learns that from the status, and does not send it again.',
  'fault.window-late': 'The window is closed after all (131047)',
  'fault.window-late.seen': 'WhatsApp accepts the reply and says it later: the reply is refused.',
  'fault.media-late': 'The file fails later (131053)',
  'fault.media-late.seen':
    'WhatsApp accepts the message and cannot process its file: ask for a picture, and it comes as a link.',
  'fault.webhook-twice': 'The message comes twice',
  'fault.webhook-twice.seen': 'The agent is asked once, and the visitor gets one answer.',
  'fault.webhook-reordered': 'The statuses come in the wrong order',
  'fault.webhook-reordered.seen': 'Read comes before sent: the ticks never go back.',
  'fault.webhook-day-late': 'The message comes a day late',
  'fault.webhook-day-late.seen': 'The window is closed by then, and the answer is refused.',
  'fault.kill-worker': 'The worker dies',
  'fault.kill-worker.seen':
    'It dies once the agent has answered. Let 5 minutes pass: another worker does the job.',
  'fault.kill-sender': 'The sender dies',
  'fault.kill-sender.seen':
    'It dies once WhatsApp has the reply. Let 5 minutes pass: nothing is sent twice.',
  'scenario.title': 'Scenario',
  'scenario.hint':
    'What this visitor did since the start, the time you let pass, the faults, and what came out: as a small file. The visitor’s own number is not in it; what was written and shared is.',
  'scenario.name': 'Title',
  'scenario.save': 'Save as scenario',
  'scenario.replay': 'Replay',
  'scenario.replay.hint':
    'A visitor of its own does the same again, and the page compares what comes out. The time that passes in it passes for every chat.',
  'scenario.choose': 'Choose a file and replay it',
  'scenario.replaying': 'Replaying…',
  'scenario.same': { one: 'The same: {n} thing came out', other: 'The same: {n} things came out' },
  'scenario.different': { one: '{n} difference', other: '{n} differences' },
  'scenario.wanted': 'In the file',
  'scenario.came': 'This time',
  'scenario.nothing': 'nothing',
  'scenario.phone': 'Show its phone',
} satisfies Record<string, Sentence>;
