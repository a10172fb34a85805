import { refusal } from '../errors.cts';
import type { Comparable, FilterRule, Row } from '../engine/schema.cts';
import type { Session } from '../session.cts';
import type { Condition, Operator } from './filterGrammar.cts';

export type Predicate = (row: Row) => boolean;

/**
 * Turns conditions into predicates that a row must all pass.
 * Conditions on one field: `=` are joined by OR, `!=` by AND; of a comparison given twice the first counts.
 * Throws 1030, 1034 and what the field's own reading of values throws.
 */
export function compileFilter(
	conditions: readonly Condition[],
	ruleOf: (field: string) => FilterRule,
	session: Session,
): Predicate[] {
	return [...groupedBy(conditions, ({ field }) => field)].map(([field, own]) =>
		compileField(field, own, ruleOf(field), session),
	);
}

function compileField(field: string, conditions: Condition[], rule: FilterRule, session: Session): Predicate {
	refuseMixture(field, conditions, rule);
	const tests = [...groupedBy(conditions, ({ operator }) => operator)].map(([operator, same]) => {
		if (!rule.operators.has(operator)) throw refusal(1034, `${field}${operator}`);
		return compileOperator(
			operator,
			same.map(({ value }) => read(value, operator, field, rule, session)),
		);
	});
	return (row) => {
		const values = rule.values(row, session);
		return tests.every((test) => test(values));
	};
}

function groupedBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
	const groups = new Map<Key, Item[]>();
	for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
	return groups;
}

function refuseMixture(field: string, conditions: Condition[], rule: FilterRule): void {
	const operators = new Set(conditions.map(({ operator }) => operator));
	if (operators.has('=') && (['<', '>', '<=', '>='] as const).some((one) => operators.has(one))) {
		throw refusal(1034, `${field}: = together with an inequality`);
	}
	if (rule.once && conditions.length > 1) throw refusal(1030, field);
}

/** null stands for «empty». */
function read(text: string, operator: Operator, field: string, rule: FilterRule, session: Session): Comparable | null {
	if (text !== '') return rule.literal(text, field, session);
	if (operator !== '=' && operator !== '!=') throw refusal(1014, text, field);
	return null;
}

type Test = (values: Comparable[]) => boolean;

function compileOperator(operator: Operator, wanted: Array<Comparable | null>): Test {
	const [first = null] = wanted;
	switch (operator) {
		case '=':
			return isAnyOf(wanted);
		case '!=': {
			const any = isAnyOf(wanted);
			return (values) => !any(values);
		}
		case '>':
			return (values) => values.some((value) => first !== null && value > first);
		case '<':
			return (values) => values.some((value) => first !== null && value < first);
		case '>=':
			return (values) => values.some((value) => first !== null && value >= first);
		case '<=':
			return (values) => values.some((value) => first !== null && value <= first);
		case '!~':
			return (values) => !wanted.some((part) => values.some((value) => fold(value).includes(fold(part))));
		default:
			return (values) => wanted.every((part) => values.some((value) => MATCHES[operator](fold(value), fold(part))));
	}
}

const MATCHES: Record<'~' | '~=' | '=~', (value: string, part: string) => boolean> = {
	'~': (value, part) => value.includes(part),
	'~=': (value, part) => value.startsWith(part),
	'=~': (value, part) => value.endsWith(part),
};

function isAnyOf(wanted: Array<Comparable | null>): Test {
	const set = new Set(wanted);
	const empty = set.has(null);
	return (values) =>
		values.some((value) => set.has(value)) || (empty && (values.length === 0 || values.every((value) => value === '')));
}

const fold = (value: Comparable | null): string => String(value ?? '').toLowerCase();
