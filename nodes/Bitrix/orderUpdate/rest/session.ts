import type { IExecuteFunctions } from 'n8n-workflow';
import type { LineIdentity, SaleBooks, StoreOwner } from '../../../../core';
import { Batches, type BitrixFeatures, type MoySkladClient } from '../../../../transport';
import { bitrixClient, bitrixFeatures } from '../../../shared/bitrix';
import { bitrixAuthentication } from '../../../shared/bitrixConnection';
import { MOYSKLAD_CREDENTIAL, moySkladClient } from '../../../shared/moySklad';
import { Announcing } from '../../catalog/announcing';
import { readSaleBooks } from '../../orders/books';
import { ownerOf } from '../../orders/readingProperties';
import { storeIds, type StoreOrderSettings } from './settings';

/** What one run of the node works with. */
export class OrderSession extends Announcing {
	/** Products of the store by their XML_ID, as far as lines needed them. */
	readonly products = new Map<string, string | null>();

	private constructor(
		context: IExecuteFunctions,
		readonly settings: StoreOrderSettings,
		readonly batches: Batches,
		readonly features: BitrixFeatures,
		readonly books: SaleBooks,
		readonly owner: StoreOwner,
		/** Undefined when the node has no such credential. */
		readonly moySklad: MoySkladClient | undefined,
	) {
		super(context);
	}

	static async open(context: IExecuteFunctions, settings: StoreOrderSettings): Promise<OrderSession> {
		const authentication = bitrixAuthentication(context);
		const client = await bitrixClient(context, authentication);
		const batches = new Batches(client);
		const features = await bitrixFeatures(context, authentication, client);
		const moySklad = context.getNode().credentials?.[MOYSKLAD_CREDENTIAL] ? await moySkladClient(context) : undefined;
		return new OrderSession(context, settings, batches, features, await readSaleBooks(batches), await ownerOf(context), moySklad);
	}

	get identity(): LineIdentity {
		return storeIds(this.owner.siteKey);
	}
}
