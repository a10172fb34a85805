import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import {
	isDone,
	ownerOf,
	SyncError,
	viewWebhook,
	type OwnPlace,
	type RegisteredWebhook,
	type WebhookTask,
} from '../../../../core';
import {
	deleteWebhooks,
	readWebhooks,
	writeWebhooks,
	type MoySkladClient,
	type WebhookOutcome,
} from '../../../../transport';
import { moySkladClient } from '../../../shared/moySklad';
import { failAfterAllOption, previewProperty, writeOutputs } from '../../../shared/writeOutputs';
import { ownPlace } from './place';
import { deletionResult, taskResult, type WebhookResult } from './results';

/** Something to be done for an input item. */
export interface Job<Work> {
	item: number;
	work: Work;
}

/** A result and the input item that it belongs to. */
export type Done = Job<WebhookResult>;

export interface Terms {
	client: MoySkladClient;
	/** The webhooks of the account. */
	present: RegisteredWebhook[];
	own: OwnPlace;
	preview: boolean;
	/** Webhooks of other systems may be changed too. */
	includeForeign: boolean;
}

const includeForeignOption: INodeProperties = {
	displayName: 'Include Webhooks of Other Systems',
	name: 'includeForeign',
	type: 'boolean',
	default: false,
	description:
		'Whether webhooks that belong to other systems or to another n8n may be changed and deleted too. Those systems stop working without them.',
};

/** Parameters and options of all operations that write. */
export const writeFields: INodeProperties[] = [previewProperty];
export const writeOptions: INodeProperties[] = [includeForeignOption, failAfterAllOption];

/** What there is and what the user allows, the same for all items: reads the two lists. */
export async function termsOf(context: IExecuteFunctions): Promise<Terms> {
	const { includeForeign = false } = optionsOf(context);
	const client = await moySkladClient(context);
	const own = ownPlace(context, 0);
	return {
		client,
		present: await readWebhooks(client),
		own,
		includeForeign,
		preview: context.getNodeParameter('preview', 0) as boolean,
	};
}

/** The work that was made of each chosen webhook, for the item that chose it. */
export const paired = <Work>(chosen: ReadonlyArray<Job<unknown>>, works: readonly Work[]): Array<Job<Work>> =>
	chosen.flatMap(({ item }, index) => {
		const work = works[index];
		return work === undefined ? [] : [{ item, work }];
	});

/** Makes and changes webhooks as far as the terms allow; one result a job, in order. Refusals are results, not thrown. */
export async function carryOut(jobs: ReadonlyArray<Job<WebhookTask>>, terms: Terms): Promise<Done[]> {
	const touches = ({ work }: Job<WebhookTask>): RegisteredWebhook | null => (isDone(work) ? null : work.found);
	const outcomes = await allowed(jobs, touches, terms, async (some) => await writeWebhooks(terms.client, some));
	return jobs.map(({ item, work }, index) => ({
		item,
		work: taskResult(work, outcomes[index], terms.own, terms.present),
	}));
}

/** The same for deletions. */
export async function carryOutDeletions(jobs: ReadonlyArray<Job<RegisteredWebhook>>, terms: Terms): Promise<Done[]> {
	const outcomes = await allowed(
		jobs,
		({ work }) => work,
		terms,
		async (some) => await deleteWebhooks(terms.client, some),
	);
	return jobs.map(({ item, work }, index) => ({ item, work: deletionResult(work, outcomes[index], terms.own) }));
}

/** Outcomes in the order of the jobs: those that touch what is not ours are refused, the others done; in a preview they have none. */
async function allowed<Work>(
	jobs: ReadonlyArray<Job<Work>>,
	touched: (job: Job<Work>) => RegisteredWebhook | null,
	{ own, preview, includeForeign }: Terms,
	work: (some: Work[]) => Promise<WebhookOutcome[]>,
): Promise<Array<WebhookOutcome | undefined>> {
	const refusals = jobs.map((job) => (includeForeign ? undefined : refusal(touched(job), own)));
	const open = jobs.filter((_job, index) => !refusals[index]);
	const outcomes = preview ? [] : await work(open.map((job) => job.work));
	const byJob = new Map(open.map((job, index) => [job, outcomes[index]]));
	return jobs.map((job, index) => refusals[index] ?? byJob.get(job));
}

function refusal(webhook: RegisteredWebhook | null, own: OwnPlace): WebhookOutcome | undefined {
	if (!webhook || ownerOf(webhook.url, own) === 'ours') return undefined;
	return { error: new SyncError('WEBHOOK_FOREIGN', { id: webhook.id, host: viewWebhook(webhook, own).host }) };
}

/** The results on *Done* and *Failed*, paired with their items. */
export function outputs(context: IExecuteFunctions, done: readonly Done[]): INodeExecutionData[][] {
	const inOrder = [...done].sort((one, other) => one.item - other.item);
	const { failAfterAll = false } = optionsOf(context);
	return writeOutputs(
		context,
		inOrder.map(({ work }) => work),
		failAfterAll,
		inOrder.map(({ item }) => item),
	);
}

const optionsOf = (context: IExecuteFunctions): { includeForeign?: boolean; failAfterAll?: boolean } =>
	context.getNodeParameter('options', 0, {}) as IDataObject;
