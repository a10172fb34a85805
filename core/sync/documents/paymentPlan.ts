import { toRubles, type Kopecks } from '../../model/money';
import type { KnownDocument } from '../../moysklad/knownDocument';
import { SyncError } from '../../errors';
import { warning, type Warning } from '../result';
import type { Claim, PaymentSettings } from './claims';
import { counts, type FamilyDocuments, type OwnDocument } from './ownDocuments';
import { incomingPayment, otherOperations, outgoingPayment, type PaymentFacts } from './payments';
import { sameSource, type DocumentSource } from './source';
import { creation, documentName, following, untouched, withdrawal, type DocumentStep, type FollowRules, type Marks, type WithdrawalPolicy } from './step';

/** What payments are planned from. */
export interface PaymentPlanning extends PaymentFacts {
	claims: readonly Claim[];
	/** Payments that the store still has, in whatever state. */
	sources: readonly DocumentSource[];
	refunds: PaymentSettings['refunds'];
	incoming: FamilyDocuments;
	outgoing: FamilyDocuments;
	rules: FollowRules;
	withdrawal: WithdrawalPolicy;
	/** Id of what money that goes back is booked on. */
	expenseItem?: string;
	/** What was written into a document last; undefined when nobody remembers. */
	memoryOf(known: KnownDocument): Marks | undefined;
}

/** What becomes of documents, one step each, in the order in which it has to happen. */
export interface PlannedDocuments {
	steps: DocumentStep[];
	warnings: Warning[];
}

/**
 * What becomes of the payments of an order. What is linked to the order is never more than the order costs, and money that a
 * person has booked already is not booked again: it is told instead. Throws DOCUMENT_EXPENSE_ITEM_MISSING where money goes back
 * and nothing says what it is booked on.
 */
export function planPayments(plan: PaymentPlanning): PlannedDocuments {
	const warnings: Warning[] = [];
	const gone = [...goneClaims(plan), ...plan.incoming.withoutSource(plan.sources)];
	const steps = gone.map(({ known, source }) => withdrawal(known, source, plan.memoryOf(known), plan.withdrawal, plan.rules));
	for (const { source, type } of plan.claims.filter(({ state }) => state === 'left'))
		warnings.push(warning('PAYMENT_REFUNDED', { document: documentName(type, source) }));
	const budget = budgetOf(plan, steps);
	const wanted = plan.claims.filter(({ state }) => state === 'paid').map((claim) => ({ claim, own: plan.incoming.of(claim.source) }));
	for (const { claim, own } of wanted) if (own && !own.known.deleted) steps.push(present(plan, claim, own, budget, warnings));
	for (const { claim, own } of wanted) if (!own || own.known.deleted) steps.push(...missing(plan, claim, own, budget, warnings));
	if (budget.over > 0) warnings.push(warning('ORDER_OVERPAID', { sum: toRubles(budget.over) }));
	if (plan.refunds === 'outgoing') steps.push(...planRefunds(plan, warnings));
	return { steps, warnings };
}

/** Documents of payments that the store still has, but not as paid. */
const goneClaims = ({ claims, incoming }: PaymentPlanning): OwnDocument[] =>
	claims.filter(({ state }) => state === 'unpaid').flatMap(({ source }) => incoming.of(source) ?? []);

/** How much of the order can still be paid. */
interface Budget {
	/** By payments of the store alone. */
	ours: Kopecks;
	/** Beside what others have booked. */
	left: Kopecks;
	/** What others have booked for the order. */
	foreign: Kopecks;
	/** By how much payments of the store exceed it. */
	over: Kopecks;
}

/** Payments that others linked to shipments or invoices of the order are only told by MoySklad's own sum. */
function budgetOf(plan: PaymentPlanning, steps: readonly DocumentStep[]): Budget {
	const { claims, incoming, customerOrder } = plan;
	const isPlanned = ({ source }: OwnDocument): boolean => claims.some((claim) => claim.state === 'paid' && sameSource(claim.source, source));
	const goes = ({ known }: OwnDocument): boolean => steps.some((step) => step.known === known && step.action === 'withdraw');
	const linked = (documents: readonly KnownDocument[]): Kopecks =>
		documents.filter(counts).reduce((sum, known) => sum + linkedTo(known, customerOrder.id), 0);
	const staying = linked(incoming.own.filter((one) => !isPlanned(one) && !goes(one)).map(({ known }) => known));
	const told = customerOrder.payedSum - linked(incoming.own.map(({ known }) => known));
	const foreign = Math.max(linked(incoming.foreign), told) + staying;
	return { ours: customerOrder.sum, left: Math.max(0, customerOrder.sum - foreign), foreign, over: 0 };
}

const linkedTo = ({ operations }: KnownDocument, order: string): Kopecks => operations.find(({ id }) => id === order)?.linkedSum ?? 0;

/** What is linked already stays linked, whatever others have booked meanwhile. */
function present(plan: PaymentPlanning, claim: Claim, own: OwnDocument, budget: Budget, warnings: Warning[]): DocumentStep {
	const { known, source } = own;
	const order = plan.customerOrder.id;
	const others = otherOperations(known, order).reduce((sum, { linkedSum }) => sum + linkedSum, 0);
	const net = Math.max(0, claim.sum - claim.refunded - others);
	const linked = counts(known) ? linkedTo(known, order) : 0;
	const linkedSum = Math.max(0, Math.min(net, budget.ours, Math.max(linked, budget.left)));
	if (linked === 0 && isBooked(budget, net, linkedSum)) {
		warnings.push(paidAlready(claim, budget));
		return untouched(known.type, source, known, plan.memoryOf(known));
	}
	spend(budget, net, linkedSum);
	const wanted = incomingPayment(claim, known.type, plan.incoming.keyOfOwn(own), linkedSum, plan);
	return following(wanted, known, plan.memoryOf(known), source.withdrawn, plan.rules);
}

/** Whether it looks as if others had booked the money already: nothing is left for it, or not all of it beside theirs. */
const isBooked = ({ foreign }: Budget, net: Kopecks, linkedSum: Kopecks): boolean =>
	net > 0 && (linkedSum <= 0 || (foreign > 0 && linkedSum < net));

const paidAlready = ({ source, type, sum }: Claim, { left }: Budget): Warning =>
	warning('ORDER_PAID_ALREADY', { document: documentName(type, source), sum: toRubles(sum), left: toRubles(left) });

function spend(budget: Budget, sum: Kopecks, linkedSum: Kopecks): void {
	budget.ours -= linkedSum;
	budget.left = Math.max(0, budget.left - linkedSum);
	budget.over += Math.max(0, sum - linkedSum);
}

/** A new document, unless a person threw the old one away or has booked the money already. */
function missing(plan: PaymentPlanning, claim: Claim, own: OwnDocument | undefined, budget: Budget, warnings: Warning[]): DocumentStep[] {
	const { source, type, sum } = claim;
	if (own && !own.source.withdrawn) {
		warnings.push(warning('DOCUMENT_IN_BIN', { document: documentName(type, source) }));
		return [];
	}
	const net = sum - claim.refunded;
	const linkedSum = Math.min(net, budget.left);
	if (isBooked(budget, net, linkedSum)) {
		warnings.push(paidAlready(claim, budget));
		return [];
	}
	spend(budget, net, linkedSum);
	return [creation(incomingPayment(claim, type, plan.incoming.keyOf(type, source), linkedSum, plan))];
}

function planRefunds(plan: PaymentPlanning, warnings: Warning[]): DocumentStep[] {
	const { claims, outgoing, rules, memoryOf } = plan;
	const wanted = claims.filter(({ refunded }) => refunded > 0);
	const gone = outgoing.withoutSource(wanted.map(({ source }) => source));
	const steps = gone.map(({ known, source }) => withdrawal(known, source, memoryOf(known), plan.withdrawal, rules));
	for (const claim of wanted) {
		const { source, type } = claim;
		const own = outgoing.of(source);
		if (own && !own.known.deleted) {
			const wantedRefund = outgoingPayment(claim, own.known.type, outgoing.keyOfOwn(own), plan.expenseItem, plan);
			steps.push(following(wantedRefund, own.known, memoryOf(own.known), own.source.withdrawn, rules));
		} else if (own && !own.source.withdrawn) warnings.push(warning('DOCUMENT_IN_BIN', { document: documentName(own.known.type, source) }));
		else if (plan.expenseItem === undefined) throw new SyncError('DOCUMENT_EXPENSE_ITEM_MISSING');
		else steps.push(creation(outgoingPayment(claim, OUTGOING[type], outgoing.keyOf(OUTGOING[type], source), plan.expenseItem, plan)));
	}
	return steps;
}

const OUTGOING = { paymentin: 'paymentout', cashin: 'cashout' } as const;
