import { PAGE } from '../fields/list.cts';
import { ok, type Method, type MethodCall } from '../methods/method.cts';
import type { MethodResult } from '../wire/envelope.cts';
import { formatMoment } from '../wire/dates.cts';
import { asInteger, asList, asText, isMap, type Params } from '../wire/params.cts';
import { RestError } from '../wire/restError.cts';
import { deniedItem, deniedLegacy, legacyParams } from './calls.cts';
import { COMPANY, CONTACT, DEAL, LEAD, SMART_INVOICE, type CrmEntity } from './entities.cts';
import type { TimelineCommentRow } from './rows.cts';

/** How the history names kinds of objects. The sheet is silent on smart invoices: `dynamic_31`, as other smart processes. */
const OWNERS: Readonly<Record<string, CrmEntity>> = {
	lead: LEAD,
	deal: DEAL,
	contact: CONTACT,
	company: COMPANY,
	dynamic_31: SMART_INVOICE,
};

/** Comments in the history of an object. */
export const timelineMethods: Method[] = [
	{ name: 'crm.timeline.comment.list', scope: 'crm', right: 'crm.read', denied: deniedLegacy, run: listComments },
	{
		name: 'crm.timeline.comment.add',
		scope: 'crm',
		right: 'crm.write',
		denied: deniedItem,
		parameters: { fields: 'map' },
		run: (call) => ok(addComment(call)),
	},
];

/** Here alone of the older methods the parameter must be written in small letters. */
function addComment({ portal, caller, params }: MethodCall): number {
	const fields = params.fields as Params;
	const kind = asText(fields.ENTITY_TYPE).toLowerCase();
	const id = asInteger(fields.ENTITY_ID);
	if (OWNERS[kind]?.table(portal).get(id) === undefined) throw new RestError('OWNER_NOT_FOUND', 'Owner not found');
	const comment = asText(fields.COMMENT);
	if (comment.trim() === '') throw new RestError('INVALID_ARG_VALUE', 'Empty comment message');
	const files = (asList(fields.FILES) ?? []).map((file) => portal.store.files.save(asList(file) ?? [], portal.now()));
	return portal.store.timelineComments.add({
		owner: `${kind}:${id}`,
		authorId: asInteger(fields.AUTHOR_ID) || caller.user.id,
		comment,
		created: portal.now(),
		fileIds: files.flatMap((file) => (file ? [file.id] : [])),
	}).id;
}

/** Only those of one object. */
function listComments({ portal, params }: MethodCall): MethodResult {
	const { filter, order, select, start: given } = legacyParams(params);
	const { ENTITY_ID, ENTITY_TYPE } = isMap(filter) ? filter : ({} as Params);
	const owner = `${asText(ENTITY_TYPE).toLowerCase()}:${asInteger(ENTITY_ID)}`;
	const found = portal.store.timelineComments.where('owner', owner);
	if (isMap(order) && Object.values(order).some((direction) => /^desc/i.test(asText(direction)))) found.reverse();
	const start = Math.max(0, Math.floor(asInteger(given) / PAGE)) * PAGE;
	const names = (asList(select) ?? []).map(asText);
	const page = found.slice(start, start + PAGE).map((row) => pick(showComment(row), names));
	return { result: page, total: found.length, ...(start + PAGE < found.length && { next: start + PAGE }) };
}

function showComment({ id, owner, created, comment, authorId, fileIds }: TimelineCommentRow): Params {
	const [kind, ownerId] = owner.split(':');
	return {
		ID: String(id),
		ENTITY_ID: ownerId,
		ENTITY_TYPE: kind,
		CREATED: formatMoment(created),
		COMMENT: comment,
		AUTHOR_ID: String(authorId),
		FILES: Object.fromEntries(fileIds.map((fileId) => [`f${fileId}`, { id: fileId }])),
	};
}

const pick = (shown: Params, names: readonly string[]): Params =>
	names.length === 0 ? shown : Object.fromEntries(Object.entries(shown).filter(([name]) => names.includes(name)));
