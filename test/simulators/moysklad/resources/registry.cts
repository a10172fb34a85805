import type { Resource } from '../engine/schema.cts';
import * as dictionaries from './dictionaries.cts';
import * as discounts from './discounts.cts';
import * as documents from './documents.cts';
import * as folders from './folders.cts';
import * as goods from './goods.cts';
import * as payments from './payments.cts';
import * as partners from './partners.cts';
import * as variants from './variants.cts';
import { webhook, webhookstock } from '../webhooks/registration.cts';

/** Words that only stand in `meta.type`. */
const WITHOUT_ENTITY: Resource[] = ['image', 'state', 'account', 'application'].map((type) => ({ type, fields: {} }));

/** Every entity, by the word in its URL. */
export const RESOURCES: ReadonlyMap<string, Resource> = new Map(
	[
		...Object.values(goods),
		...Object.values(variants),
		...Object.values(folders),
		...Object.values(dictionaries),
		...Object.values(discounts),
		...Object.values(partners),
		...Object.values(documents),
		...Object.values(payments),
		webhook,
		webhookstock,
		...WITHOUT_ENTITY,
	]
		.filter(
			(value): value is Resource => typeof value === 'object' && value !== null && 'type' in value && 'fields' in value,
		)
		.map((resource) => [resource.type, resource]),
);

const NOT_SERVED = new Set(WITHOUT_ENTITY.map(({ type }) => type));

/** The resource behind `/entity/<word>`. */
export const servedResource = (word: string): Resource | undefined =>
	NOT_SERVED.has(word) ? undefined : RESOURCES.get(word);
