import { presentCrmValue, wantedCrmValue, type CrmWanted } from '../../bitrix/crm/value';
import type { CrmField, CrmFields } from '../../bitrix/crm/field';
import type { Parameters } from '../../bitrix/query';
import type { ChangeTimes, ConflictPolicy } from '../conflictPolicy';
import { Decisions, type Mark } from '../decisions';
import { plainText, type FieldValues } from '../fieldValue';
import type { Policy, Rule } from '../mapping';
import { warning, type FieldChange, type Warning } from '../result';

/** A record of the portal beside what the mapping makes of MoySklad's object. */
export interface RecordSides {
	rules: readonly Rule[];
	values: FieldValues;
	fields: CrmFields;
	/** The row of the portal; undefined for a record that is to be made. */
	present: Record<string, unknown> | undefined;
	/** Marks of what was settled last, by field. */
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
	/** Fields that both sides have changed, of which a person decides, with both values. */
	review: FieldChange[];
	/** Marks to remember, once it is written. */
	marks: Record<string, string>;
}

/**
 * Compares a record with what the mapping gives, field by field: policies say which fields follow, and of those that do the
 * conflict policy says what happens when both sides have changed them. An empty source never clears a field.
 */
export function planRecord(sides: RecordSides): RecordPlan {
	const { written: before, policy: conflicts, changed, mark } = sides;
	const decisions = new Decisions({ before, conflicts, changed, mark });
	const plan: RecordPlan = { fields: {}, changes: [], warnings: [], review: decisions.review, marks: decisions.written };
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
		else planField(plan, sides, decisions, field, policy, wanted);
	}
	if (decisions.kept.length > 0) plan.warnings.push(warning('CRM_FIELDS_KEPT', { fields: labelsOf(decisions.kept, sides.fields) }));
	return plan;
}

const labelsOf = (changes: readonly FieldChange[], fields: CrmFields): string => changes.map(({ field }) => fields.get(field)?.label ?? field).join(', ');

function planField(plan: RecordPlan, { present }: RecordSides, decisions: Decisions, field: CrmField, policy: Policy, wanted: CrmWanted): void {
	if (wanted.canonical === '') return;
	const before = present === undefined ? undefined : presentCrmValue(field, present[field.name]);
	const change = { field: field.name, from: before?.shown ?? null, to: wanted.shown };
	const isWritten = decisions.isWritten({
		field: field.name, source: wanted.canonical, target: before?.canonical ?? '', policy: field.immutable ? 'creating' : policy, isNew: before === undefined, shown: change,
	});
	if (!isWritten) return;
	plan.fields[field.name] = wanted.parameter;
	plan.changes.push(change);
}
