import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { siteSecretFault, type BitrixSiteHandlerCredential } from './siteSecret';

/** What n8n says when the credential of a site's handler is saved: there is nobody to ask, but a weak secret can be told. */
export async function testSiteSecret(this: ICredentialTestFunctions, { data = {} }: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	const fault = siteSecretFault(data as BitrixSiteHandlerCredential);
	if (fault) return { status: 'Error', message: `${fault.message}. ${fault.advice}` };
	return { status: 'OK', message: 'The secret is long enough. Whether the site has the same shows with its first event.' };
}
