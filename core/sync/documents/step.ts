import { toRubles, type Kopecks } from '../../model/money';
import { FOLLOWING_DOCUMENTS, type FollowingType, type KnownDocument } from '../../moysklad/knownDocument';
import { SyncError } from '../../errors';
import { judge, type ConflictPolicy } from '../conflictPolicy';
import { warning, type FieldChange, type Warning } from '../result';
import { isFieldName, presentValue, valueMark, type DocumentField } from './documentField';
import { withdrawnCode, type DocumentKey, type DocumentSource } from './source';

type Json = Record<string, unknown>;

/** Marks of a document's fields as they were written last, by name. */
export type Marks = Readonly<Record<string, string>>;

/** A document as its source wants it. */
export interface WantedDocument {
	type: FollowingType;
	source: DocumentSource;
	/** Under which it is made, or was made. */
	key: DocumentKey;
	/** What its sum comes to; undefined where that is not reckoned. */
	sum: Kopecks | undefined;
	/** What follows the source. */
	fields: readonly DocumentField[];
	/** What only a new document gets. */
	initial: Json;
}

/** What becomes of one document. */
export interface DocumentStep {
	action: 'create' | 'update' | 'withdraw' | 'keep';
	type: FollowingType;
	source: DocumentSource;
	known?: KnownDocument;
	/** Empty: nothing is written. */
	body: Json;
	/** Once it is written, it goes to the recycle bin. */
	bin: boolean;
	sum?: Kopecks;
	changes: FieldChange[];
	warnings: Warning[];
	/** A decision is needed; nothing is written. */
	conflict?: SyncError;
	/** What is to be remembered afterwards. */
	written: Marks;
}

/** By what an own document follows its source. */
export interface FollowRules {
	/** What becomes of fields that both sides changed. */
	policy: ConflictPolicy;
	/** When the store changed the order last; ISO 8601, UTC. */
	changedAt: string | null;
	/** Id of the customer order. */
	order: string;
}

/** What becomes of documents whose payment or shipment is gone from the store. */
export type WithdrawalPolicy = 'leave' | 'unpost' | 'bin';

/** How people call a document of which there may be no number yet. */
export const documentName = (type: FollowingType, { entity, id }: DocumentSource): string => `${type} of ${entity} ${id}`;

const NOTHING = { body: {}, bin: false, changes: [], warnings: [] } satisfies Partial<DocumentStep>;

/** A document that stays as it is, or is not made. */
export const untouched = (
	type: FollowingType,
	source: DocumentSource,
	known?: KnownDocument,
	memory?: Marks,
	conflict?: SyncError,
): DocumentStep => ({ ...NOTHING, action: 'keep', type, source, known, ...(conflict && { conflict }), written: memory ?? {} });

/** A document that is not there yet, with all its fields; its sum is shown in rubles. */
export function creation({ type, source, key, sum, fields, initial }: WantedDocument): DocumentStep {
	const shown = sum === undefined ? null : toRubles(sum);
	return {
		...NOTHING,
		action: 'create',
		type,
		source,
		body: Object.assign({ ...key, ...initial }, ...fields.map(({ body }) => body(undefined))) as Json,
		sum,
		changes: [{ field: documentName(type, source), from: null, to: shown }],
		written: marksOf(fields),
	};
}

const marksOf = (fields: readonly DocumentField[]): Marks => Object.fromEntries(fields.map(({ name, value }) => [name, valueMark(value)]));

/** A document that is there. What this package took out of the books itself comes back when its source does. */
export function following(
	{ type, source, key, sum, fields }: WantedDocument,
	known: KnownDocument,
	memory: Marks | undefined,
	withdrawn: boolean,
	{ policy, changedAt, order }: FollowRules,
): DocumentStep {
	const remembered = withdrawn ? { ...memory, applicable: valueMark(false) } : memory;
	const judged = fields.map((field) => {
		const present = presentValue(known, field.name, order);
		const sides = { source: valueMark(field.value), target: valueMark(present), written: remembered?.[field.name] };
		return { field, present, verdict: judge(sides, policy, { source: changedAt, target: known.updatedAt }) };
	});
	const named = (verdict: string): string => judged.filter((one) => one.verdict === verdict).map(({ field }) => field.name).join(', ');
	const details = { document: `${documentName(type, source)} (${known.number})` };
	if (named('review') !== '')
		return untouched(type, source, known, memory, new SyncError('DOCUMENT_CHANGED_BOTH', { ...details, fields: named('review') }));
	const changed = judged.filter(({ verdict }) => verdict === 'write');
	return {
		...untouched(type, source, known),
		action: changed.length > 0 || withdrawn ? 'update' : 'keep',
		body: Object.assign(withdrawn ? { externalCode: key.externalCode } : {}, ...changed.map(({ field }) => field.body(known))) as Json,
		sum,
		changes: changed.map(({ field, present }) => change(documentName(type, source), field, present)),
		warnings: named('keep') === '' ? [] : [warning('DOCUMENT_LEFT', { ...details, fields: named('keep') })],
		written: marksOf(fields),
	};
}

function change(name: string, { name: field, value, shown = value }: DocumentField, present: unknown): FieldChange {
	const readable = (one: unknown): unknown => {
		if (field === 'positions') return Array.isArray(one) ? one.length : one;
		return (field === 'sum' || field === 'linkedSum') && typeof one === 'number' ? toRubles(one) : one;
	};
	return { field: `${name}: ${field}`, from: readable(present), to: readable(shown) };
}

/**
 * A document whose payment or shipment the store took back. One that a person changed since, and one of which nobody remembers
 * what was written, is decided on by the conflict policy.
 */
export function withdrawal(
	known: KnownDocument,
	source: DocumentSource,
	memory: Marks | undefined,
	policy: WithdrawalPolicy,
	{ policy: conflicts, changedAt, order }: FollowRules,
): DocumentStep {
	const step = untouched(known.type, source, known, memory);
	const done = known.deleted || (!known.applicable && policy === 'unpost');
	if (done) return step;
	const details = { document: `${documentName(known.type, source)} (${known.number})` };
	if (policy === 'leave') return { ...step, warnings: [warning('DOCUMENT_SOURCE_GONE', details)] };
	if (known.returned) return { ...step, conflict: new SyncError('DOCUMENT_RETURNED', details) };
	const target = memory && isAsWritten(known, memory, order) ? AS_WRITTEN : 'changed';
	const sides = { source: 'gone', target, written: memory && AS_WRITTEN };
	const verdict = judge(sides, conflicts, { source: changedAt, target: known.updatedAt });
	if (verdict === 'review') return { ...step, conflict: new SyncError('DOCUMENT_CHANGED_BOTH', { ...details, fields: 'applicable' }) };
	if (verdict !== 'write') return { ...step, warnings: [warning('DOCUMENT_SOURCE_GONE', details)] };
	const field = documentName(known.type, source);
	return {
		...step,
		action: 'withdraw',
		body: { externalCode: withdrawnCode(known), ...(known.applicable && { applicable: false }) },
		bin: policy === 'bin',
		changes: [
			...(known.applicable ? [{ field: `${field}: applicable`, from: true, to: false }] : []),
			...(policy === 'bin' ? [{ field: `${field}: deleted`, from: false, to: true }] : []),
		],
		written: { ...memory, applicable: valueMark(false) },
	};
}

const AS_WRITTEN = 'as written';

const isAsWritten = (known: KnownDocument, memory: Marks, order: string): boolean =>
	Object.entries(memory).every(([name, mark]) => !isFieldName(name) || mark === valueMark(presentValue(known, name, order)));

/** Payments first, so that goods never leave an order that looks unpaid only because its run was killed. */
export const byKind = (one: { type: FollowingType }, other: { type: FollowingType }): number =>
	FOLLOWING_DOCUMENTS.indexOf(one.type) - FOLLOWING_DOCUMENTS.indexOf(other.type);
