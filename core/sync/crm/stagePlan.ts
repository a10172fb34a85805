import { isFinal, type Stage } from '../../bitrix/crm/stages';
import type { SalesDocument } from '../../moysklad/salesDocument';
import { judge, type ChangeTimes, type ConflictPolicy } from '../conflictPolicy';
import { warning, type Warning } from '../result';

/** One row of the map from what has become of an order to the stage of its deal. */
export interface StageRule {
	when: 'state' | 'paid' | 'shipped' | 'deleted';
	/** Id or name of MoySklad's state, for `state`. */
	state: string;
	stage: string;
	/** Whether a deal that a person has closed is opened again. */
	reopen: boolean;
}

type Standing = Pick<SalesDocument, 'state' | 'sum' | 'payedSum' | 'shippedSum'>;

/**
 * The row that decides about an order: the first that fits, in the order of the rows. Paid and shipped mean all of it: a part
 * moves nothing (R141). Without a fitting row there is a warning (rule O3), unless the order has no state either.
 */
export function stageRuleFor(order: Standing, rules: readonly StageRule[]): { rule?: StageRule; warning?: Warning } {
	if (rules.length === 0) return {};
	const rule = rules.find((one) => fits(one, order));
	if (rule || order.state === null) return { rule };
	return { warning: warning('CRM_STAGE_UNMAPPED', { state: order.state.name ?? order.state.id }) };
}

/** The row for orders that were deleted in MoySklad. */
export const stageOfDeleted = (rules: readonly StageRule[]): StageRule | undefined => rules.find(({ when }) => when === 'deleted');

function fits({ when, state }: StageRule, order: Standing): boolean {
	if (when === 'paid') return order.sum > 0 && order.payedSum >= order.sum;
	if (when === 'shipped') return order.sum > 0 && order.shippedSum >= order.sum;
	return when === 'state' && order.state !== null && (same(state, order.state.id) || same(state, order.state.name));
}

/** As people compare names: without regard to case and to the dots of ё. */
const same = (one: string, other: string | null): boolean => other !== null && plain(one) === plain(other);

const plain = (name: string): string => name.trim().toLowerCase().replaceAll('ё', 'е');

/** The stage of a deal on both sides. */
export interface StageSides {
	rule: StageRule | undefined;
	/** Of the deal that is there; undefined for a new one. */
	present: { stage: string; pipeline: number } | undefined;
	/** The pipeline of a new deal. */
	pipeline: number;
	stages: readonly Stage[];
	/** The stage that was written last; undefined when nobody remembers. */
	written: string | undefined;
	policy: ConflictPolicy;
	changed: ChangeTimes;
}

/** `to`: the deal moves there. `review`: both sides have moved it and a person decides. Neither: it stays where it is. */
export interface StageMove {
	to?: string;
	review?: true;
	/** The stage to remember where the deal does not move: what was overruled is not asked about again. */
	settled?: string;
	warnings: Warning[];
}

/**
 * Where a deal goes. A stage of another pipeline is never taken, and what a person has closed stays closed unless the row says
 * otherwise; a stage that was only changed in Bitrix is left alone.
 */
export function stageMove({ rule, present, pipeline, stages, written, policy, changed }: StageSides): StageMove {
	if (rule === undefined) return { warnings: [] };
	const wanted = stages.find(({ id }) => id === rule.stage);
	if (wanted === undefined) return left('CRM_STAGE_UNKNOWN', { stage: rule.stage });
	if (wanted.pipeline !== (present?.pipeline ?? pipeline)) return left('CRM_STAGE_FOREIGN', { stage: wanted.name });
	if (present === undefined) return { to: wanted.id, warnings: [] };
	if (present.stage === wanted.id) return { settled: wanted.id, warnings: [] };
	const current = stages.find(({ id }) => id === present.stage);
	const closedByPerson = current !== undefined && isFinal(current) && present.stage !== written;
	if (closedByPerson && !rule.reopen) return left('CRM_STAGE_CLOSED', { stage: current.name });
	const verdict = judge({ source: wanted.id, target: present.stage, written }, policy, changed);
	if (verdict === 'write' || closedByPerson) return { to: wanted.id, warnings: [] };
	if (verdict === 'review') return { review: true, warnings: [] };
	return wanted.id === written ? { warnings: [] } : { ...left('CRM_STAGE_KEPT', { stage: current?.name ?? present.stage }), settled: wanted.id };
}

const left = (code: Parameters<typeof warning>[0], details: Record<string, string>): StageMove => ({ warnings: [warning(code, details)] });
