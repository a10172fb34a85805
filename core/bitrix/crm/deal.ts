import { z } from 'zod';
import { SyncError } from '../../errors';
import type { Parameters } from '../query';

/** Deals as `crm.deal.list` gives them, as far as they become orders. */

const text = z.union([z.string(), z.number()]).nullish().transform((value) => (value === null || value === undefined ? '' : String(value).trim()));
const moment = z.string().refine((value) => !Number.isNaN(Date.parse(value)), 'not a moment').transform((value) => new Date(value).toISOString());
const id = z.union([z.string(), z.number()]).transform(Number).pipe(z.number().int().positive());

const dealSchema = z.object({
	ID: id, TITLE: text, CATEGORY_ID: text, STAGE_ID: text, STAGE_SEMANTIC_ID: text, OPPORTUNITY: text, CURRENCY_ID: text, COMPANY_ID: text,
	CONTACT_ID: text, ORIGINATOR_ID: text, ORIGIN_ID: text, COMMENTS: text, DATE_CREATE: moment, DATE_MODIFY: moment,
});

/** What a deal has that an order is made of, its ids those of the portal; texts are '' where the deal has nothing. */
export interface Deal {
	id: number;
	title: string;
	/** 0 = the one that every portal has. */
	pipeline: number;
	/** `STAGE_ID`: `NEW`, `C1:NEW`. */
	stage: string;
	/** A decimal text in major units. */
	sum: string;
	currency: string;
	/** 0 = none. */
	companyId: number;
	contactId: number;
	/** `ORIGINATOR_ID`: the program that made the deal. */
	originator: string;
	comments: string;
	/** ISO 8601 in UTC. */
	createdAt: string;
	/** ISO 8601 in UTC. */
	updatedAt: string;
	/** The whole row: user fields become properties of the order. */
	row: Record<string, unknown>;
}

/** A row of `crm.deal.list`. Throws CRM_DEAL_UNREADABLE. */
export function readDeal(row: Record<string, unknown>): Deal {
	const parsed = dealSchema.safeParse(row);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new SyncError('CRM_DEAL_UNREADABLE', { id: String(row.ID ?? '?'), reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` });
	}
	const deal = parsed.data;
	return {
		id: deal.ID, title: deal.TITLE, pipeline: Number(deal.CATEGORY_ID || 0), stage: deal.STAGE_ID, sum: deal.OPPORTUNITY || '0',
		currency: deal.CURRENCY_ID, companyId: Number(deal.COMPANY_ID || 0), contactId: Number(deal.CONTACT_ID || 0), originator: deal.ORIGINATOR_ID,
		comments: deal.COMMENTS, createdAt: deal.DATE_CREATE, updatedAt: deal.DATE_MODIFY, row,
	};
}

/** Which deals are wanted. Moments in ISO 8601. */
export interface DealFilter {
	/** Changed at that moment or later. */
	since: string;
	/** Made at that moment or later. */
	start: string;
	/** All when empty. */
	stages: readonly string[];
	pipelines: readonly number[];
}

const METHOD = 'crm.deal.list';

const SELECT = ['ID', 'TITLE', 'CATEGORY_ID', 'STAGE_ID', 'OPPORTUNITY', 'CURRENCY_ID', 'COMPANY_ID', 'CONTACT_ID', 'ORIGINATOR_ID', 'ORIGIN_ID', 'COMMENTS', 'DATE_CREATE', 'DATE_MODIFY', 'UF_*'];

/** The list of the deals that a filter wants (`crm.deal.list`). */
export const dealList = ({ since, start, stages, pipelines }: DealFilter): { method: string; idField: string; parameters: Parameters } => ({
	method: METHOD,
	idField: 'ID',
	parameters: {
		select: SELECT,
		filter: {
			'>=DATE_MODIFY': withOffset(since),
			'>=DATE_CREATE': withOffset(start),
			...(stages.length > 0 && { '@STAGE_ID': [...stages] }),
			...(pipelines.length > 0 && { '@CATEGORY_ID': [...pipelines] }),
		},
	},
});

const toSecond = (moment: string): Date => new Date(Math.floor(Date.parse(moment) / 1000) * 1000);

/** Whole seconds and an explicit offset; dates that Bitrix cannot read are dropped without a word. */
const withOffset = (moment: string): string => `${toSecond(moment).toISOString().slice(0, 19)}+00:00`;

/**
 * A row of `crm.deal.list` as an answer to this filter. Throws BITRIX_FILTER_IGNORED for a deal that was not asked for (trap
 * T1), CRM_DEAL_UNREADABLE.
 */
export function readListedDeal(row: Record<string, unknown>, { since, start, stages, pipelines }: DealFilter): Deal {
	const deal = readDeal(row);
	const asked =
		Date.parse(deal.updatedAt) >= toSecond(since).getTime() &&
		Date.parse(deal.createdAt) >= toSecond(start).getTime() &&
		(stages.length === 0 || stages.includes(deal.stage)) &&
		(pipelines.length === 0 || pipelines.includes(deal.pipeline));
	if (!asked) throw new SyncError('BITRIX_FILTER_IGNORED', { call: METHOD });
	return deal;
}
