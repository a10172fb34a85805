import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import {
	failedResult, partyOfCard, readCard, readCounterpartyLink, readDecision, type CustomerCard, type WriteResult,
} from '../../../../core';
import { itemFailure } from '../../../shared/errors';
import { moySkladClient } from '../../../shared/moySklad';
import type { BulkOperation, Operation } from '../../../shared/operation';
import { sha1 } from '../../../shared/sha1';
import { chosenSubWorkflow, objectIn, throughSubWorkflow } from '../../../shared/subWorkflow';
import { suppressedBy } from '../../../shared/suppressWebhooks';
import { reviewOutputs } from '../../../shared/writeOutputs';
import { customerIn } from '../../counterparties/customerIn';
import { counterpartyFromCustomerProperties } from './properties';
import { writeCustomers } from './run';
import { readSettings, type CustomerSettings } from './settings';
import { customerKey, CustomerTask, isReview } from './task';

/** What an item became before it is looked for: a customer, or its result. */
type Input = { item: number; card: CustomerCard; key: string } | WriteResult;

const isCustomer = (input: Input): input is Extract<Input, { card: CustomerCard }> => 'card' in input;

const operation: BulkOperation = {
	value: 'createOrUpdateFromCustomer',
	name: 'Create or Update From Customer',
	action: 'Create or update a counterparty from a customer',
	description: 'Find the counterparty of a customer by rules, fill or change it, or make a new one; who cannot be told for certain waits for a person',
	properties: counterpartyFromCustomerProperties,
	async all() {
		const settings = readSettings(this);
		const inputs = await changedBySubWorkflow(this, this.getInputData().map((_, item) => readInput(this, item, settings)));
		const tasks = inputs.map((input) => (isCustomer(input) ? toTask(this, input, settings) : input));
		const client = await moySkladClient(this, suppressedBy(this));
		await writeCustomers({ context: this, client, sha1, settings }, tasks.filter((task) => task instanceof CustomerTask));
		const results = tasks.map((task) => (task instanceof CustomerTask ? (task.result as WriteResult) : task));
		return reviewOutputs(this, results, isReview, this.getNodeParameter('options.failAfterAll', 0, false) as boolean);
	},
};

function readInput(context: IExecuteFunctions, item: number, { siteKey, payerTypes }: CustomerSettings): Input {
	try {
		const card = customerIn(context, item, { siteKey, payerTypes });
		return { item, card, key: customerKey(sha1, card) };
	} catch (error) {
		return failedResult('failed', '', itemFailure(error));
	}
}

function toTask(context: IExecuteFunctions, { item, card, key }: Extract<Input, { card: CustomerCard }>, { flow }: CustomerSettings): CustomerTask | WriteResult {
	const json = context.getInputData()[item]?.json;
	try {
		const link = readCounterpartyLink(context.getNodeParameter('options.link', item, json?.link ?? null), { key, flow });
		const decision = readDecision(context.getNodeParameter('options.decision', item, json?.decision ?? null), key);
		return new CustomerTask(item, card, key, partyOfCard(key, card), link, decision);
	} catch (error) {
		const failure = itemFailure(error);
		return failedResult(failure.kind === 'conflict' ? 'conflict' : 'failed', key, failure);
	}
}

/** Lets a workflow of the user change the customers (rule C8). Who they are stays: their keys were told to it. */
async function changedBySubWorkflow(context: IExecuteFunctions, inputs: readonly Input[]): Promise<Input[]> {
	const id = chosenSubWorkflow(context);
	const customers = inputs.filter(isCustomer);
	if (id === undefined || customers.length === 0) return [...inputs];
	const items = customers.map(({ item, card, key }) => ({ json: { key, customer: { ...card } as IDataObject }, pairedItem: { item } }));
	const given = await throughSubWorkflow(context, id, items);
	const changed = new Map(customers.map((input, index) => [input, withCustomer(input, objectIn(given[index] ?? {}, 'customer', index))]));
	return inputs.map((input) => (isCustomer(input) ? (changed.get(input) ?? input) : input));
}

function withCustomer(input: Extract<Input, { card: CustomerCard }>, customer: IDataObject): Input {
	try {
		return { ...input, card: readCard({ ...customer, source: input.card.source }, { siteKey: '', payerTypes: [] }) };
	} catch (error) {
		return failedResult('failed', input.key, itemFailure(error));
	}
}

/** Hangs in the resource Counterparty of MoySklad Entity. */
export const counterpartyFromCustomer: Operation = operation;
