import type { IExecuteFunctions } from 'n8n-workflow';
import {
	idOf,
	type AmbiguityPolicy,
	type AttributeRule,
	type Identity,
	type MatchRule,
	type NumberPolicy,
	type OrderField,
	type ReserveRule,
	type StateRule,
} from '../../../../core';

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
	attributes: AttributeRow[];
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

export type AttributeRow = Pick<AttributeRule, 'source' | 'whenEmpty'> & { definitionId: string };

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
		attributes: rows<AttributeParameter>('attributeMap.row').flatMap(toAttributeRow),
		linkExisting: context.getNodeParameter('options.linkExisting', 0, true) as boolean,
		preview: context.getNodeParameter('preview', 0, false) as boolean,
	};
}

function toStateRule({ when, status = '', state }: { when: StateRule['when']; status?: string; state: unknown }): StateRule[] {
	const id = idIn(state);
	return id === undefined ? [] : [{ when, status: status.trim(), state: id }];
}

interface AttributeParameter {
	source: 'property' | 'field';
	property?: string;
	field?: OrderField;
	attribute: unknown;
	whenEmpty?: string;
}

function toAttributeRow({
	source,
	property = '',
	field = 'number',
	attribute,
	whenEmpty = '',
}: AttributeParameter): AttributeRow[] {
	const definitionId = idIn(attribute);
	if (definitionId === undefined) return [];
	return [{ source: source === 'property' ? { property: property.trim() } : { field }, definitionId, whenEmpty }];
}

/** The id in a resource locator's value: chosen from the list, typed in, or an address of the API. */
export function idIn(value: unknown): string | undefined {
	const inner = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
	return typeof inner === 'string' ? idOf(inner) : undefined;
}
