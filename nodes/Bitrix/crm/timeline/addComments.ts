import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { orderReference, readWorkResult, SyncError, textOf, warning, workResultText, type CrmType, type WriteResult } from '../../../../core';
import type { ListMethod } from '../../../../transport';
import type { BulkOperation } from '../../../shared/operation';
import { optionsProperty } from '../../../shared/properties';
import { failAfterAllOption, writeOutputs } from '../../../shared/writeOutputs';
import { rowsIn } from '../../catalog/asking';
import { idsOf } from '../customers';
import { byOrigin } from '../records';
import { CrmSession, WRITES_IN_A_BATCH } from '../session';
import { readCrmSettings } from '../settings';
import { refused } from '../task';

const COMMENTS: ListMethod = { method: 'crm.timeline.comment.list' };
const ADD = 'crm.timeline.comment.add';
const PAGE = 50;

/** The longest history that is looked through for one deal. */
const MOST_PAGES = 20;

const DEFAULT_TEXT = '{kind} {name} от {moment} на {sum}\n{positions}\n{description}';

const properties: INodeProperties[] = [
	{
		displayName: 'Customer Order',
		name: 'order',
		type: 'string',
		default: '={{ $json.customerOrder }}',
		description: 'The customer order to whose deal the document belongs: its ID, its link, or an expression that gives either',
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: DEFAULT_TEXT,
		description:
			'What the timeline is told. Names in braces are replaced: {kind}, {name} for the number, {moment}, {sum}, {state}, {description}, {positions} for a line with name, quantity and sum of each. Each text is told once, so it should name its document.',
	},
	optionsProperty([
		failAfterAllOption,
		{
			displayName: 'Origin',
			name: 'originator',
			type: 'string',
			default: 'MOYSKLAD',
			description: 'The ORIGINATOR_ID of deals from MoySklad; the same as where they are written',
		},
	]),
];

/** A document with its comment on the way to its deal. */
interface Telling {
	/** Id of the document. */
	id: string;
	order: string;
	comment: string;
	deal: number | undefined;
	result: WriteResult | undefined;
}

/** What was done for an order becomes a comment of its deal, once (R142): a comment is known again by its text. */
export const addComments: BulkOperation = {
	value: 'addComments',
	name: 'Timeline: Add Comments',
	action: 'Add comments to deals from documents',
	description: 'Tell the timeline of deals, once, of shipments, works and other documents of their orders',
	properties,
	async all() {
		const session = await CrmSession.open(this, readCrmSettings(this, 'comments'));
		const given = this.getInputData().map(({ json }, input) => read(this, input, json));
		const tellings = given.flatMap((one) => ('comment' in one ? [one] : []));
		if (tellings.length > 0 && !(await session.features.has(ADD))) throw new SyncError('BITRIX_METHOD_MISSING', { call: ADD });
		await findDeals(session, tellings);
		await leaveOutTold(session, tellings.filter(isOpen));
		await write(session, tellings.filter(isOpen));
		const results = given.map((one) => ('comment' in one ? (one.result ?? refused(new Error('The item was lost on its way'))) : one));
		return writeOutputs(this, results, session.settings.failAfterAll);
	},
};

const isOpen = ({ result }: Telling): boolean => result === undefined;

function read(context: IExecuteFunctions, input: number, json: IDataObject): Telling | WriteResult {
	try {
		const document = readWorkResult(json);
		const order = orderReference(context.getNodeParameter('order', input, null));
		if (order === undefined) throw new SyncError('CRM_ORDER_UNKNOWN');
		const comment = workResultText(String(context.getNodeParameter('text', input, '')), document);
		if (comment === '') throw new SyncError('CRM_NOTICE_EMPTY');
		return { id: document.id, order, comment, deal: undefined, result: undefined };
	} catch (error) {
		return refused(error, textOf(json.id) ?? null);
	}
}

const DEAL: CrmType = 'deal';

async function findDeals(session: CrmSession, tellings: readonly Telling[]): Promise<void> {
	const { found, failed } = await byOrigin(session, DEAL, tellings.map(({ order }) => order), []);
	for (const telling of tellings) {
		const [deal, another] = found.get(telling.order) ?? [];
		const failure = failed.get(telling.order);
		if (failure) telling.result = refused(failure, telling.id);
		else if (deal && another) telling.result = refused(new SyncError('CRM_DUPLICATE', { what: 'deals', key: telling.order, ids: idsOf([deal, another]) }), telling.id);
		else if (deal) telling.deal = deal.id;
		else telling.result = { ...frameOf(telling), status: 'skipped', warnings: [warning('CRM_DEAL_MISSING')] };
	}
}

const frameOf = ({ id, deal }: Telling): Omit<WriteResult, 'status'> => ({ key: id, moySkladId: id, bitrixId: deal === undefined ? null : String(deal), changes: [], warnings: [] });

/** Comments that are there already, and those of another item of this run, are not written again. */
async function leaveOutTold(session: CrmSession, tellings: readonly Telling[]): Promise<void> {
	const told = await toldComments(session, [...new Set(tellings.flatMap(({ deal }) => deal ?? []))]);
	for (const telling of tellings) {
		const { deal = 0, comment } = telling;
		const known = told.get(deal);
		if (known instanceof SyncError) telling.result = refused(known, telling.id);
		else if (known?.has(comment)) telling.result = { ...frameOf(telling), status: 'unchanged' };
		else known?.add(comment);
	}
}

/** All comments of each deal, page after page, for all deals at once; or why they could not be read. */
async function toldComments(session: CrmSession, deals: readonly number[]): Promise<Map<number, Set<string> | SyncError>> {
	const told = new Map<number, Set<string> | SyncError>(deals.map((deal) => [deal, new Set()]));
	let pending = [...deals];
	for (let page = 0; page < MOST_PAGES && pending.length > 0; page += 1) {
		const outcomes = await session.batches.each(pending.map((deal) => ({
			method: COMMENTS.method,
			parameters: { filter: { ENTITY_TYPE: DEAL, ENTITY_ID: deal }, select: ['ID', 'COMMENT'], order: { ID: 'DESC' }, start: page * PAGE },
		})), { repeatable: true, parallel: 2 });
		pending = pending.filter((deal, index) => {
			const outcome = outcomes[index];
			const known = told.get(deal);
			if (!outcome || 'error' in outcome || !(known instanceof Set)) {
				told.set(deal, outcome && 'error' in outcome ? outcome.error : new SyncError('ANSWER_UNEXPECTED', { call: COMMENTS.method, reason: 'no answer' }));
				return false;
			}
			const rows = rowsIn(outcome, COMMENTS);
			for (const { COMMENT } of rows) known.add(normalized(textOf(COMMENT) ?? ''));
			return rows.length === PAGE;
		});
	}
	return told;
}

const normalized = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

/** In doubt nothing is written again in this run: the next run sees what is there. */
async function write(session: CrmSession, tellings: readonly Telling[]): Promise<void> {
	const change = { field: 'timeline', from: null, to: 'comment' };
	if (session.settings.preview) {
		for (const telling of tellings) telling.result = { ...frameOf(telling), status: 'planned', changes: [change] };
		return;
	}
	const outcomes = await session.batches.each(tellings.map(({ deal = 0, comment }) => ({
		method: ADD, parameters: { fields: { ENTITY_TYPE: DEAL, ENTITY_ID: deal, COMMENT: comment } },
	})), { repeatable: false, most: WRITES_IN_A_BATCH });
	tellings.forEach((telling, index) => {
		const outcome = outcomes[index];
		const error = outcome && 'error' in outcome ? outcome.error : undefined;
		telling.result = error ? refused(error, telling.id) : { ...frameOf(telling), status: 'created', changes: [change] };
	});
}
