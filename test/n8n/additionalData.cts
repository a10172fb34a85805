import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { CredentialStore, type Secrets } from './credentialStore.cts';
import type { NodeLibrary } from './nodeLibrary.cts';

/** Where the n8n of the tests says that it is reached; a trigger registers addresses below it. */
export const DEFAULT_BASE_URL = 'https://n8n.example.com';

const notOffered = (what: string) => (): never => {
	throw new Error(`${what} needs a running n8n: use startN8n of instance.cts`);
};

/** What n8n gives each execution beside the workflow. */
export function additionalData(
	library: NodeLibrary,
	secrets: Secrets = {},
	baseUrl = DEFAULT_BASE_URL,
	more: Partial<IWorkflowExecuteAdditionalData> = {},
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: new CredentialStore(library, secrets),
		executeWorkflow: notOffered('Calling another workflow'),
		startRunnerTask: notOffered('The Code node'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		externalSecretsProxy: undefined as never,
		logAiEvent: () => undefined,
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: `${baseUrl}/rest`,
		instanceBaseUrl: `${baseUrl}/`,
		webhookBaseUrl: `${baseUrl}/webhook`,
		webhookTestBaseUrl: `${baseUrl}/webhook-test`,
		webhookWaitingBaseUrl: `${baseUrl}/webhook-waiting`,
		formBaseUrl: `${baseUrl}/form`,
		formTestBaseUrl: `${baseUrl}/form-test`,
		formWaitingBaseUrl: `${baseUrl}/form-waiting`,
		mcpBaseUrl: `${baseUrl}/mcp`,
		mcpTestBaseUrl: `${baseUrl}/mcp-test`,
		...more,
	};
}
