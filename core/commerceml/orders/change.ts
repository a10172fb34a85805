import { SyncError } from '../../errors';
import { fingerprint } from '../../model/fingerprint';
import type { ConflictPolicy } from '../../sync/conflictPolicy';
import { Decisions, FieldsInConflict } from '../../sync/decisions';
import { warning, type FieldChange, type Warning } from '../../sync/result';
import { toldOf, type ToldStanding } from '../../sync/toldOrder';
import type { OrderCopy } from './copy';
import type { Happened, OrderDocument } from './writer';

/** What an order of a site is to become. What is not said stays as it is. */
export interface OrderWish {
	status?: string;
	/** By the clocks of the site, with the number of the document. */
	paid?: Happened | 'part' | 'no';
	/** MoySklad has more money for it than it costs. */
	overpaid?: boolean;
	shipped?: Happened | 'part' | 'no';
	canceled?: boolean;
	cancelReason?: string;
	/** Number in MoySklad, for the people of the site. */
	number1c?: string;
}

/** A change of one order that the exchange can carry, with what is left undone as warnings. Without `changes` there is nothing to send. */
export interface PlannedChange {
	document: OrderDocument;
	changes: FieldChange[];
	warnings: Warning[];
	/** The order as it is once the site has done all of it. */
	copy: OrderCopy;
	/** Marks of what the site has been told by then. */
	written: Record<string, string>;
}

/** By what a change is planned beside the wish. */
export interface ChangeRules {
	/** Pay systems that are never marked as paid from outside (rule O6). */
	untouchable: readonly string[];
	/** Who wins the status and the cancellation when both sides changed them. */
	conflicts: ConflictPolicy;
	/** Marks of what the site was told last; undefined when nobody remembers. */
	told?: Readonly<Record<string, string>>;
	/** When MoySklad's order was changed last, ISO 8601; a site does not say when it changed one. */
	updatedAt: string | null;
}

/**
 * What has to be sent for a wish. What the exchange cannot do is a warning, and the rest is sent (rule O7); what only the site has changed
 * since it was told last stays. Throws ORDER_UPDATE_LINE_WITHOUT_ID, and ORDER_REVIEW for what a person has to decide.
 */
export function planOrderChange(copy: OrderCopy, wish: OrderWish, { untouchable, conflicts, told, updatedAt }: ChangeRules): PlannedChange {
	if (copy.lines.some(({ key }) => key === null)) throw new SyncError('ORDER_UPDATE_LINE_WITHOUT_ID');
	const warnings: Warning[] = [];
	const changes: FieldChange[] = [];
	const present = { status: copy.status, canceled: String(copy.canceled) };
	const decisions = new Decisions({ before: taken(told, present), conflicts, changed: { source: updatedAt, target: null }, mark: fingerprint });
	const canceled = canceledOf(copy, wish, decisions, warnings);
	if (canceled !== copy.canceled) changes.push({ field: 'canceled', from: copy.canceled, to: canceled });
	const paid = paidOf(copy, wish, untouchable, canceled, warnings);
	const shipped = shippedOf(copy, wish, canceled, warnings);
	if (paid) changes.push({ field: 'paid', from: false, to: true });
	if (shipped) changes.push({ field: 'allowed', from: false, to: true });
	const status = wish.status !== undefined && decisions.isWritten({ field: 'status', source: wish.status, target: copy.status, isBeginning: true }) ? wish.status : undefined;
	if (status !== undefined) decisions.remember(was('status'), present.status);
	if (canceled !== copy.canceled) decisions.remember(was('canceled'), present.canceled);
	if (decisions.review.length > 0) throw new FieldsInConflict('ORDER_REVIEW', decisions.review);
	warnings.push(...decisions.remarks());
	if (status !== undefined) changes.push({ field: 'status', from: copy.status, to: status });
	if (wish.number1c !== undefined && wish.number1c !== copy.number1c) changes.push({ field: 'number1c', from: copy.number1c ?? null, to: wish.number1c });
	const comment = canceled && !copy.canceled && wish.cancelReason ? wish.cancelReason : undefined;
	const number1c = wish.number1c ?? copy.number1c;
	const after = { ...copy, canceled, paid: copy.paid || paid !== undefined, allowed: copy.allowed || shipped !== undefined, status: status ?? copy.status, ...(number1c !== undefined && { number1c }) };
	const toldNow = toldOf(copy.told, standingOf(copy), standingOf(after));
	return {
		document: {
			number: copy.id, copy, canceled,
			...(comment !== undefined && { comment }), ...(number1c !== undefined && { number1c }), ...(status !== undefined && { status }), ...(paid && { paid }), ...(shipped && { shipped }),
		},
		changes,
		warnings,
		written: decisions.written,
		copy: { ...after, ...(toldNow && { told: toldNow }) },
	};
}

const standingOf = ({ status, statusAt, canceled, paid }: OrderCopy): ToldStanding => ({ status, ...(statusAt !== undefined && { statusAt }), canceled, paid });

/** Under which name the value is remembered that a field had before it was written. */
const was = (field: string): string => `${field} was`;

/** The word of a site is no proof: a field that is as it was before it was written has not been taken over, and nobody changed it there. */
function taken(told: ChangeRules['told'], present: Record<string, string>): ChangeRules['told'] {
	if (told === undefined) return undefined;
	const lost = Object.entries(present).filter(([field, value]) => told[was(field)] === fingerprint(value));
	return { ...told, ...Object.fromEntries(lost.map(([field, value]) => [field, fingerprint(value)])) };
}

/** A cancellation is taken back only when this flow itself had sent it: a customer who cancels comes first. One that the site would refuse is not sent. */
function canceledOf({ canceled: present, paid, money = paid }: OrderCopy, { canceled: wanted }: OrderWish, decisions: Decisions, warnings: Warning[]): boolean {
	if (wanted === undefined) return present;
	if (present && !wanted && !decisions.hadWritten('canceled', 'true')) {
		warnings.push(warning('ORDER_CANCELED_IN_STORE'));
		return present;
	}
	if (wanted && !present && (paid || money)) {
		warnings.push(warning('ORDER_CANCEL_PAID'));
		return present;
	}
	return decisions.isWritten({ field: 'canceled', source: String(wanted), target: String(present), isBeginning: !present }) ? wanted : present;
}

function paidOf(copy: OrderCopy, { paid, overpaid }: OrderWish, untouchable: readonly string[], canceled: boolean, warnings: Warning[]): Happened | undefined {
	if (paid === 'part') return void warnings.push(warning('ORDER_UPDATE_PARTIAL_PAYMENT'));
	if (paid === 'no') {
		if (copy.paid) warnings.push(warning('ORDER_UPDATE_UNPAY'));
		return undefined;
	}
	if (paid === undefined) return undefined;
	if (canceled && !copy.paid) return void warnings.push(warning('ORDER_UPDATE_WITH_CANCEL'));
	if (!copy.paid && copy.paySystems.some((id) => untouchable.includes(id))) return void warnings.push(warning('ORDER_UPDATE_PAY_SYSTEM'));
	if (copy.short) warnings.push(warning('ORDER_UPDATE_PAYMENTS_SHORT'));
	if (copy.long) warnings.push(warning('ORDER_UPDATE_PAYMENTS_LONG'));
	if (overpaid) warnings.push(warning('ORDER_UPDATE_OVERPAID'));
	return copy.paid ? undefined : paid;
}

function shippedOf(copy: OrderCopy, { shipped }: OrderWish, canceled: boolean, warnings: Warning[]): Happened | undefined {
	if (shipped === 'part') return void warnings.push(warning('ORDER_UPDATE_PARTIAL_SHIPMENT'));
	if (shipped === 'no') {
		if (copy.allowed) warnings.push(warning('ORDER_UPDATE_UNSHIP'));
		return undefined;
	}
	if (shipped === undefined) return undefined;
	if (canceled && !copy.allowed) return void warnings.push(warning('ORDER_UPDATE_WITH_CANCEL'));
	if (copy.outside) warnings.push(warning('ORDER_UPDATE_GOODS_OUTSIDE'));
	return copy.allowed ? undefined : shipped;
}
