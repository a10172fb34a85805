import type { ApiCredential } from '../n8n/api.cts';
import type { Installation } from './installation.cts';

/** A local application of the portal, made and connected as its administrator does. Its triggers hear of events. */
export async function connectApplication({ api, bitrix, n8n }: Installation): Promise<ApiCredential> {
	bitrix.portal.oauth.application.redirectUri = `${n8n.url}/rest/oauth2-credential/callback`;
	const { clientId, clientSecret, serverEndpoint, applicationToken } = bitrix.oauth;
	const application = await api.createCredential('bitrixOAuth2Api', {
		clientId, clientSecret, applicationToken, portal: bitrix.url, server: 'other', otherServer: serverEndpoint, edition: 'enterprise', connector: 'moysklad',
	}, 'Bitrix application (simulator)');
	await api.connect(application);
	return application;
}

/** Gives the application to the nodes of a template that need it. */
export async function giveApplication(installation: Installation, number: string, { id, name }: ApiCredential): Promise<void> {
	const workflow = installation.workflow(number);
	for (const node of workflow.nodes) if (/bitrix(Trigger|OfflineEvents)$/.test(node.type)) node.credentials = { bitrixOAuth2Api: { id, name } };
	await installation.api.update(workflow);
}
