import type { IExecuteFunctions } from 'n8n-workflow';
import type { BitrixSubscription, QueueSource } from '../../../core';
import { Batches, hostOf } from '../../../transport';
import { BITRIX_OAUTH_CREDENTIAL, bitrixClient, type BitrixOAuth2Credential } from '../../shared/bitrix';

/** The queue of the credential's application and connector. */
export interface OfflineChannel {
	batches: Batches;
	connector: string;
	source: QueueSource;
	/** Shows something beside the output. */
	hint(message: string): void;
}

export async function openChannel(context: IExecuteFunctions): Promise<OfflineChannel> {
	const { connector = '', oauthTokenData } = await context.getCredentials<BitrixOAuth2Credential>(BITRIX_OAUTH_CREDENTIAL);
	const { client_endpoint: address = '', member_id: memberId = null } = oauthTokenData ?? {};
	return {
		batches: new Batches(await bitrixClient(context, 'oAuth2')),
		connector: connector.trim(),
		hint: (message) => context.addExecutionHints({ message, location: 'outputPane', type: 'warning' }),
		source: { memberId, domain: address === '' ? null : hostOf(address).toLowerCase() },
	};
}

export const rowsOf = (context: IExecuteFunctions): BitrixSubscription[] => context.getNodeParameter('events.row', 0, []) as BitrixSubscription[];
