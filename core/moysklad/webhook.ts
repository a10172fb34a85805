import { z } from 'zod';
import { SyncError } from '../errors';
import { EVENT_ACTIONS, type EventAction } from './events';
import { entityReference } from './reference';

/** Whether updates name the changed fields. */
export type DiffType = 'NONE' | 'FIELDS';
/**
 * Whether the report behind a stock webhook has totals or each store. Source: github moysklad/api-remap-1.2-doc,
 * `md/dictionaries/_webhookstock.md`.
 */
export type StockReportType = 'all' | 'bystore';

/** Which changes a webhook reports. */
export type Subject =
	| {
			kind: 'object';
			/** MoySklad's keyword: product, customerorder, … */
			entity: string;
			action: EventAction;
			/** Null for actions other than UPDATE. */
			diffType: DiffType | null;
	  }
	| { kind: 'stock'; reportType: StockReportType };

/** A webhook as it is, or as it should be. */
export type Webhook = Subject & { url: string; enabled: boolean };

/** A webhook that MoySklad holds. */
export type RegisteredWebhook = Webhook & {
	id: string;
	accountId: string | null;
	/** Made by a solution of the marketplace, which has slots of its own. */
	ofSolution: boolean;
};

/** The two lists of webhooks below the API. */
export const WEBHOOK_PATHS = { object: '/entity/webhook', stock: '/entity/webhookstock' } as const;
/** Which of MoySklad's two lists a webhook is in. */
export type WebhookKind = keyof typeof WEBHOOK_PATHS;
const TYPES: Record<WebhookKind, string> = { object: 'webhook', stock: 'webhookstock' };

/** "customerorder UPDATE", "stock bystore". */
export const subjectOf = (webhook: Subject): string =>
	webhook.kind === 'object' ? `${webhook.entity} ${webhook.action}` : `stock ${webhook.reportType}`;

/** MoySklad takes an address once for each subject: two webhooks cannot have the same place. */
export const placeOf = (webhook: Webhook): string => `${subjectOf(webhook)} ${webhook.url}`;

const common = {
	id: z.string(),
	accountId: z.string().nullish(),
	url: z.string(),
	enabled: z
		.boolean()
		.nullish()
		.transform((enabled) => enabled ?? true),
	authorApplication: z.unknown(),
};
const objectRow = z.object({
	...common,
	entityType: z.string(),
	action: z.enum(EVENT_ACTIONS),
	diffType: z.enum(['NONE', 'FIELDS']).nullish().catch(null),
});
const stockRow = z.object({ ...common, reportType: z.enum(['all', 'bystore']) });

/**
 * A row of one of the lists. Throws ANSWER_UNEXPECTED when it has not the documented form. Source: github
 * moysklad/api-remap-1.2-doc, `md/dictionaries/_webhook.md` and `_webhookstock.md`.
 */
export function readWebhook(kind: WebhookKind, row: unknown): RegisteredWebhook {
	if (kind === 'stock') {
		const { reportType, ...rest } = parsed(stockRow, row, kind);
		return { kind, reportType, ...registration(rest) };
	}
	const { entityType: entity, action, diffType, ...rest } = parsed(objectRow, row, kind);
	return { kind, entity, action, diffType: action === 'UPDATE' ? (diffType ?? 'NONE') : null, ...registration(rest) };
}

function parsed<Row>(schema: z.ZodType<Row, z.ZodTypeDef, unknown>, row: unknown, kind: WebhookKind): Row {
	const result = schema.safeParse(row);
	if (result.success) return result.data;
	const reason = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
	throw new SyncError('ANSWER_UNEXPECTED', { call: `GET ${WEBHOOK_PATHS[kind]}`, reason });
}

const registration = ({ id, accountId, url, enabled, authorApplication }: z.infer<z.ZodObject<typeof common>>) => ({
	id,
	accountId: accountId ?? null,
	url,
	enabled,
	ofSolution: authorApplication !== undefined && authorApplication !== null,
});

/** The body that makes a webhook, or changes the one with this id. */
export function webhookBody(webhook: Webhook, id?: string): Record<string, unknown> {
	const { url, enabled } = webhook;
	const reference = id === undefined ? {} : webhookReference(webhook.kind, id);
	if (webhook.kind === 'stock')
		return { ...reference, url, enabled, reportType: webhook.reportType, stockType: 'stock' };
	const { entity: entityType, action, diffType } = webhook;
	return { ...reference, url, enabled, method: 'POST', entityType, action, ...(diffType && { diffType }) };
}

/** The link by which a deletion or a change names a webhook. */
export const webhookReference = (kind: WebhookKind, id: string): Record<string, unknown> => ({
	...entityReference(TYPES[kind], id),
});
