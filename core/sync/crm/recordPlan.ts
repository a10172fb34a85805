import { presentCrmValue, wantedCrmValue, type CrmWanted } from '../../bitrix/crm/value';
import type { CrmField, CrmFields } from '../../bitrix/crm/field';
import type { Parameters } from '../../bitrix/query';
import { judge, type ChangeTimes, type ConflictPolicy } from '../conflictPolicy';
import { plainText, type FieldValues } from '../fieldValue';
import type { Policy, Rule } from '../mapping';
import { warning, type FieldChange, type Warning } from '../result';

/** A short mark of a text by which it is known again without being kept. */
export type Mark = (text: string) => string;

export interface RecordSides {
	rules: readonly Rule[];
	values: FieldValues;
	fields: CrmFields;
	/** The row of the portal; undefined for a record that is to be made. */
	present: Record<string, unknown> | undefined;
	/** Marks of what was written last, by field. */
	written: Readonly<Record<string, string>>;
	policy: ConflictPolicy;
	changed: ChangeTimes;
	mark: Mark;
}

/** What is to be written of a record. */
export interface RecordPlan {
	fields: Parameters;
	changes: FieldChange[];
	warnings: Warning[];
	/** Fields that both sides have changed, of which a person decides. */
	review: string[];
	/** Marks to remember, once it is written. */
	marks: Record<string, string>;
}

/**
 * Compares a record with what the mapping gives, field by field: policies say which fields follow, and of those that do the
 * conflict policy says what happens when both sides have changed them. An empty source never clears a field.
 */
export function planRecord(sides: RecordSides): RecordPlan {
	const plan: RecordPlan = { fields: {}, changes: [], warnings: [], review: [], marks: {} };
	const kept: string[] = [];
	for (const { target, policy } of sides.rules) {
		const value = sides.values[target];
		if (value === undefined) continue;
		const field = sides.fields.get(target);
		if (field === undefined || field.readOnly) {
			plan.warnings.push(warning('CRM_FIELD_MISSING', { field: target }));
			continue;
		}
		const wanted = wantedCrmValue(field, value);
		if (wanted === undefined) plan.warnings.push(warning('CRM_VALUE_UNFIT', { field: field.label, value: plainText(value).slice(0, 100) }));
		else if (planField(plan, sides, field, policy, wanted) === 'keep') kept.push(field.label);
	}
	if (kept.length > 0) plan.warnings.push(warning('CRM_FIELDS_KEPT', { fields: kept.join(', ') }));
	return plan;
}

/** Gives `keep` for a field that the conflict policy leaves to Bitrix although both sides differ. */
function planField(plan: RecordPlan, sides: RecordSides, field: CrmField, policy: Policy, wanted: CrmWanted): 'keep' | undefined {
	const { present, mark } = sides;
	if (wanted.canonical === '') return undefined;
	const before = present === undefined ? undefined : presentCrmValue(field, present[field.name]);
	const written = sides.written[field.name];
	if (before?.canonical === wanted.canonical) {
		plan.marks[field.name] = mark(wanted.canonical);
		return undefined;
	}
	if (before !== undefined && (policy === 'creating' || field.immutable)) return undefined;
	if (before !== undefined && policy === 'empty' && before.canonical !== '') return undefined;
	// What a person has emptied stays empty, unless the policy is to fill what is.
	const isFilling = before === undefined || (before.canonical === '' && (written === undefined || policy === 'empty'));
	const verdict = isFilling ? 'write' : judge({ source: mark(wanted.canonical), target: mark(before.canonical), written }, sides.policy, sides.changed);
	if (verdict === 'write') {
		plan.fields[field.name] = wanted.parameter;
		plan.changes.push({ field: field.name, from: before?.shown ?? null, to: wanted.shown });
		plan.marks[field.name] = mark(wanted.canonical);
		return undefined;
	}
	if (written !== undefined) plan.marks[field.name] = written;
	if (verdict === 'review') plan.review.push(field.label);
	return verdict === 'keep' && mark(wanted.canonical) !== written ? 'keep' : undefined;
}
