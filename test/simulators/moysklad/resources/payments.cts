import { operationsOn, prepareOperations } from '../documents/operations.cts';
import * as kinds from '../engine/kinds.cts';
import { reference } from '../engine/references.cts';
import type { Field } from '../engine/schema.cts';
import { kept } from './common.cts';
import { document, plan, traded } from './documentBase.cts';

/** Money that came in or went out, by bank or in cash. */

const money = (...payable: string[]): Record<string, Field> => ({
	...traded,
	sum: { kind: kinds.number({ notNegative: true }), sort: true, initial: () => 0 },
	vatSum: { kind: kinds.number({ notNegative: true }), noFilter: true, initial: () => 0 },
	paymentPurpose: { kind: kinds.text(255), sort: true },
	operations: { kind: operationsOn(...payable) },
	...kept('factureOut', 'factureIn'),
});

const received = money('customerorder', 'demand', 'invoiceout');

const spent: Record<string, Field> = { ...money('salesreturn'), expenseItem: { kind: reference('expenseitem'), required: true } };

export const paymentin = document(
	'paymentin',
	{ ...received, incomingNumber: { kind: kinds.text(), sort: true }, incomingDate: plan },
	undefined,
	{ prepare: prepareOperations },
);

export const cashin = document('cashin', received, undefined, { prepare: prepareOperations });

export const paymentout = document('paymentout', spent, undefined, { prepare: prepareOperations });

export const cashout = document('cashout', spent, undefined, { prepare: prepareOperations });
