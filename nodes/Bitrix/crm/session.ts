import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { markOf, type Mark } from '../../../core';
import { Batches, type BitrixClient, type BitrixFeatures, type MoySkladClient } from '../../../transport';
import { bitrixClient, bitrixFeatures, bitrixHost } from '../../shared/bitrix';
import { bitrixAuthentication } from '../../shared/bitrixConnection';
import { systemClock } from '../../shared/clock';
import { Announcing } from '../catalog/announcing';
import { moySkladOf } from '../catalog/openSession';
import type { CrmSettings } from './settings';

/** Commands that write, in one batch: Bitrix' own limit of 50 is for reads. */
export const WRITES_IN_A_BATCH = 25;

/** What one run of the node works with. */
export class CrmSession extends Announcing {
	readonly batches: Batches;
	/** A mark of a value, by which it is known again without being kept. */
	readonly mark: Mark = (text) => markOf((bytes) => createHash('sha1').update(bytes).digest(), text);
	/** When this run began, in milliseconds since 1970. */
	readonly began = systemClock.now();

	constructor(
		context: IExecuteFunctions,
		readonly settings: CrmSettings,
		readonly client: BitrixClient,
		readonly features: BitrixFeatures,
		/** Undefined when the node has no such credential. */
		readonly moySklad: MoySkladClient | undefined,
		/** Of the portal, in small letters. */
		readonly host: string,
	) {
		super(context);
		this.batches = new Batches(client);
	}

	static async open(context: IExecuteFunctions, settings: CrmSettings): Promise<CrmSession> {
		const authentication = bitrixAuthentication(context);
		const client = await bitrixClient(context, authentication);
		const host = (await bitrixHost(context, authentication)).toLowerCase();
		return new CrmSession(context, settings, client, await bitrixFeatures(context, authentication, client), await moySkladOf(context), host);
	}
}
