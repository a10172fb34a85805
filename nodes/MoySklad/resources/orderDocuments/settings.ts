import type { IExecuteFunctions } from 'n8n-workflow';
import {
	invalidValue,
	momentIn,
	type ConflictPolicy,
	type DocumentSettings,
	type Identity,
	type PaymentSettings,
	type PaySystemRule,
	type ShipmentMode,
	type WithdrawalPolicy,
} from '../../../../core';
import { givenPairs } from '../../../shared/givenPairs';
import { idIn } from '../customerOrderFromBitrix/settings';

/** Everything that the user set; the same for all items of a run. */
export interface DocumentsSettings extends DocumentSettings {
	identity: Identity;
	/** Orders that were placed before get no documents; milliseconds since 1970. */
	start: number | undefined;
	preview: boolean;
}

export function readSettings(context: IExecuteFunctions): DocumentsSettings {
	const choice = <T extends string>(name: string, otherwise?: T): T => context.getNodeParameter(name, 0, otherwise) as T;
	const chosen = (name: string): string | undefined => idIn(context.getNodeParameter(name, 0, ''));
	return {
		payments: {
			mode: choice<PaymentSettings['mode']>('payments'),
			systems: rulesOf(context.getNodeParameter('paySystems.row', 0, []) as PaySystemRule[], context.getNodeParameter('paySystemPairs', 0, '')),
			others: choice<PaymentSettings['others']>('otherPaySystems', 'store'),
			refunds: choice<PaymentSettings['refunds']>('refunds', 'report'),
		},
		expenseItem: chosen('expenseItem'),
		shipments: choice<ShipmentMode>('shipments'),
		store: chosen('shipmentStore'),
		identity: choice<Identity>('identity', 'externalCode'),
		conflicts: choice<ConflictPolicy>('conflicts'),
		withdrawal: choice<WithdrawalPolicy>('withdrawal'),
		start: startOf(context),
		preview: context.getNodeParameter('preview', 0, false) as boolean,
	};
}

const DOCUMENTS: ReadonlyArray<PaySystemRule['document']> = ['cashin', 'paymentin', 'none'];

/** Rows that the user added; without any the pairs that an expression gave. Throws MOYSKLAD_VALUE_INVALID. */
function rulesOf(rows: readonly PaySystemRule[], given: unknown): PaySystemRule[] {
	const own = rows.filter(({ paySystem }) => paySystem.trim() !== '');
	return own.length > 0 ? own : (givenPairs(given) ?? [{}]).map(({ from = '', to }): PaySystemRule => {
		const document = DOCUMENTS.find((one) => one === to);
		if (document === undefined || from.trim() === '') throw invalidValue('Pay System Pairs From an Expression', 'a list of pairs { from, to }', typeof given === 'string' ? given : JSON.stringify(given));
		return { paySystem: from, document };
	});
}

/** A date without an offset is one of the workflow's time zone. Throws MOYSKLAD_VALUE_INVALID: without it old orders would be booked. */
function startOf(context: IExecuteFunctions): number | undefined {
	const text = String(context.getNodeParameter('startDate', 0, '') ?? '').trim();
	if (text === '') return undefined;
	const moment = momentIn(context.getTimezone(), text);
	if (Number.isNaN(moment)) throw invalidValue('Start Date', 'a moment', text);
	return moment;
}
