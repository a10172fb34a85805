import { ofCatalogUpsert } from './outputs/catalog.cts';
import { ofCrm } from './outputs/crm.cts';
import { ofMoySkladEntity } from './outputs/entities.cts';
import { ofEachKind } from './outputs/kinds.cts';
import { ofOfflineEvents } from './outputs/offlineEvents.cts';
import { ofOrders } from './outputs/orders.cts';
import type { OutputSchemas } from './outputs/outputFile.cts';
import { ofSync } from './outputs/sync.cts';
import { ofWebhooks } from './outputs/webhooks.cts';

/** The schemas of what nodes give, by their files below nodes/: made from what the nodes really give, by the engine of n8n and the simulators. */
export async function outputSchemas(): Promise<OutputSchemas> {
	const found: OutputSchemas = {};
	for (const part of [ofMoySkladEntity, ofEachKind, ofCatalogUpsert, ofOrders, ofOfflineEvents, ofCrm, ofSync, ofWebhooks])
		for (const [file, schema] of Object.entries(await part())) {
			if (file in found) throw new RangeError(`Two nodes of a folder have the operation of ${file}: n8n gives both the same schema`);
			found[file] = schema;
		}
	return found;
}
