import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { joinedMessages, SyncError, type WriteResult } from '../../../../core';
import { Batches, type Outcome } from '../../../../transport';
import { bitrixClient } from '../../../shared/bitrix';
import { bitrixAuthentication } from '../../../shared/bitrixConnection';
import { textIn, locator, type Located } from '../../../shared/locator';
import type { BulkOperation } from '../../../shared/operation';
import { optionsProperty } from '../../../shared/properties';
import { failAfterAllOption, writeOutputs } from '../../../shared/writeOutputs';
import { refused } from '../task';

const ADD = 'im.message.add';

const properties: INodeProperties[] = [
	locator({
		displayName: 'Chat',
		name: 'chat',
		searchListMethod: 'chats',
		description: 'The group chat that is told; the user whose credential it is must be in it. A number is the ID of a colleague.',
		typed: { displayName: 'By ID', placeholder: 'e.g. chat42' },
	}),
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '={{ $json.text }}',
		description: 'What the chat is told. Bitrix knows [B]bold[/B], [I]italic[/I] and [URL=address]links[/URL].',
	},
	{
		displayName: 'One Message for All Items',
		name: 'together',
		type: 'boolean',
		default: true,
		description: 'Whether the texts of all items for a chat are joined, so that many deals at once are one message',
	},
	optionsProperty([failAfterAllOption]),
];

interface Notice {
	input: number;
	chat: string;
	text: string;
}

/** A message whose answer was lost is not sent again: a notice may be missing once, but never comes twice. */
export const sendMessages: BulkOperation = {
	value: 'sendMessages',
	name: 'Chats: Send Messages',
	action: 'Send messages into a chat',
	description: 'Tell a group chat of Bitrix24 what has happened',
	properties,
	async all() {
		const given = this.getInputData().map((_, input) => noticeOf(this, input));
		const notices = given.flatMap((one) => ('chat' in one ? [one] : []));
		const results = new Map<number, WriteResult>(given.flatMap((one, input) => ('chat' in one ? [] : [[input, one]])));
		const preview = this.getNodeParameter('preview', 0, false) === true;
		const batches = new Batches(await bitrixClient(this, bitrixAuthentication(this)));
		for (const some of groupsOf(this, notices)) {
			const [{ chat }] = some;
			const messages = joinedMessages(some.map(({ text }) => text));
			const commands = messages.map((message) => ({ method: ADD, parameters: { DIALOG_ID: chat, MESSAGE: message } }));
			const outcomes = preview ? [] : await batches.each(commands, { repeatable: false });
			for (const { input } of some) results.set(input, preview ? { ...frameOf(chat), status: 'planned' } : resultOf(chat, outcomes));
		}
		return writeOutputs(this, given.map((_, input) => results.get(input) ?? refused(new SyncError('CRM_NOTICE_EMPTY'))), this.getNodeParameter('options.failAfterAll', 0, false) === true);
	},
};

function noticeOf(context: IExecuteFunctions, input: number): Notice | WriteResult {
	const chat = textIn(context.getNodeParameter('chat', input, '') as Located | string);
	const text = String(context.getNodeParameter('text', input, '') ?? '').trim();
	return chat === '' || text === '' ? refused(new SyncError('CRM_NOTICE_EMPTY')) : { input, chat, text };
}

type Group = [Notice, ...Notice[]];

/** All for one chat together, or each by itself. */
function groupsOf(context: IExecuteFunctions, notices: readonly Notice[]): Group[] {
	if (context.getNodeParameter('together', 0, true) !== true) return notices.map((notice) => [notice]);
	const groups = new Map<string, Group>();
	for (const notice of notices) {
		const known = groups.get(notice.chat);
		if (known) known.push(notice);
		else groups.set(notice.chat, [notice]);
	}
	return [...groups.values()];
}

const frameOf = (chat: string): Omit<WriteResult, 'status'> => ({ key: chat, moySkladId: null, bitrixId: null, changes: [], warnings: [] });

/** The id of the last message stands for all of them. */
function resultOf(chat: string, outcomes: readonly Outcome[]): WriteResult {
	const lost = outcomes.find((outcome) => 'error' in outcome);
	if (lost && 'error' in lost) return { ...frameOf(chat), status: 'failed', error: lost.error.report() };
	const last = outcomes.at(-1);
	return { ...frameOf(chat), status: 'created', bitrixId: last && 'result' in last ? String(last.result) : null };
}
