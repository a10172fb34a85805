import type { IExecuteFunctions } from 'n8n-workflow';
import {
	ATTRIBUTE_PREFIX,
	idOf,
	isUuid,
	type AmbiguityPolicy,
	type ConflictPolicy,
	type Identity,
	type MatchRule,
	type NumberPolicy,
	type OrderConflicts,
	type OrderField,
	type OrderSource,
	type Policy,
	type ReserveRule,
	type StateRule,
} from '../../../../core';
import { textIn, type Located } from '../../../shared/locator';

/** Everything that the user set; the same for all items of a run. */
export interface OrderSettings {
	organization: string;
	/** Links that only a new order gets, by MoySklad's field; ids. */
	links: Partial<Record<'store' | 'salesChannel' | 'project' | 'owner' | 'group', string>>;
	counterparties: CounterpartySettings;
	goods: GoodsSettings;
	delivery: DeliverySettings;
	reserve: ReserveRule;
	/** Whether a cancelled order leaves the books. */
	unpostCanceled: boolean;
	number: NumberPolicy;
	states: StateRule[];
	/** What of the header is filled otherwise than the preset does. */
	fields: FieldRow[];
	conflicts: OrderConflicts;
	linkExisting: boolean;
	preview: boolean;
}

/** By what the customer of an order is looked for. */
export type CounterpartyRule = Extract<MatchRule, 'innKpp' | 'phone' | 'email'>;

export interface CounterpartySettings {
	rules: CounterpartyRule[];
	several: AmbiguityPolicy;
	none: 'create' | 'fallback' | 'stop';
	/** Id; undefined = none chosen. */
	fallback?: string;
	fillEmpty: boolean;
}

export interface GoodsSettings {
	identity: Identity;
	unknown: 'stop' | 'placeholder' | 'create';
	/** Id of a product or service. */
	placeholder?: string;
}

export interface DeliverySettings {
	/** Id of a service. */
	service?: string;
	/** Under which name it is made when none is chosen; undefined = it is not. */
	createAs?: string;
}

/** A row of the mapping; an expression is read for each item, by the number of its row. */
export interface FieldRow {
	/** MoySklad's keyword, or `attribute:<id>`. */
	target: string;
	/** `preset`: only the policy is another. */
	source: OrderSource | { row: number } | 'preset';
	whenEmpty: string;
	policy: Policy;
}

const LINKS = ['store', 'salesChannel', 'project', 'owner', 'group'] as const;

export function readSettings(context: IExecuteFunctions): OrderSettings {
	const choice = <T extends string>(name: string): T => context.getNodeParameter(name, 0) as T;
	const chosen = (name: string): string | undefined => idIn(context.getNodeParameter(name, 0, ''));
	const text = (name: string): string => String(context.getNodeParameter(name, 0, '')).trim();
	const rows = <T>(name: string): T[] => context.getNodeParameter(name, 0, []) as T[];
	const policy = choice<'own' | 'store' | 'prefix'>('numberPolicy');
	return {
		organization: chosen('organization') ?? '',
		links: Object.fromEntries(
			LINKS.flatMap((name) => [[name, chosen(name === 'store' ? 'store' : `documentFields.${name}`)] as const]).filter(
				([, id]) => id,
			),
		),
		counterparties: {
			rules: rows<{ by: CounterpartyRule }>('matchRules.rule').map(({ by }) => by),
			several: choice('severalCounterparties'),
			none: choice('noCounterparty'),
			fallback: chosen('fallbackCounterparty'),
			fillEmpty: context.getNodeParameter('options.fillEmpty', 0, false) as boolean,
		},
		goods: { identity: choice('identity'), unknown: choice('unknownGoods'), placeholder: chosen('placeholder') },
		delivery: { service: chosen('deliveryService'), createAs: text('deliveryServiceName') || undefined },
		reserve: { when: choice('reserve'), statuses: rows<{ status: string }>('reserveStatuses.row').map(({ status }) => status.trim()) },
		unpostCanceled: choice('canceledOrders') === 'unpost',
		number: policy === 'own' ? { kind: 'own' } : { kind: 'store', prefix: policy === 'prefix' ? text('numberPrefix') : '' },
		states: rows<{ when: StateRule['when']; status?: string; state: unknown }>('stateMap.row').flatMap(toStateRule),
		fields: rows<FieldParameter>('attributeMap.row').flatMap(toFieldRow),
		conflicts: {
			fields: context.getNodeParameter('options.conflicts', 0, 'sourceWins') as ConflictPolicy,
			lines: context.getNodeParameter('options.lineConflicts', 0, 'review') as ConflictPolicy,
		},
		linkExisting: context.getNodeParameter('options.linkExisting', 0, true) as boolean,
		preview: context.getNodeParameter('preview', 0, false) as boolean,
	};
}

function toStateRule({ when, status = '', state }: { when: StateRule['when']; status?: string; state: unknown }): StateRule[] {
	const id = idIn(state);
	return id === undefined ? [] : [{ when, status: status.trim(), state: id }];
}

interface FieldParameter {
	source: 'property' | 'field' | 'expression' | 'preset';
	property?: string;
	field?: OrderField;
	attribute: Located | string;
	whenEmpty?: string;
	policy?: Policy;
}

/** Fields that only the settings of the node fill: of them a row can only change the policy. */
const PRESET_ONLY = ['name', 'state'];

/** Rows that name no field say nothing; an additional field may be given by its bare id. */
function toFieldRow({ source, property = '', field = 'number', attribute, whenEmpty = '', policy = 'always' }: FieldParameter, row: number): FieldRow[] {
	const name = textIn(attribute);
	const id = name.startsWith(ATTRIBUTE_PREFIX) ? undefined : idOf(name);
	const target = id !== undefined && isUuid(id) ? `${ATTRIBUTE_PREFIX}${id.toLowerCase()}` : name;
	if (target === '') return [];
	const from: FieldRow['source'] =
		source === 'preset' || PRESET_ONLY.includes(target) || policy === 'never' ? 'preset' : source === 'expression' ? { row } : source === 'property' ? { property: property.trim() } : { field };
	return [{ target, source: from, whenEmpty, policy }];
}

/** The id in a resource locator's value: chosen from the list, typed in, or an address of the API. */
export function idIn(value: unknown): string | undefined {
	const inner = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
	return typeof inner === 'string' ? idOf(inner) : undefined;
}
