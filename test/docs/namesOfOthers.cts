/** Names in the documents that are of n8n, MoySklad, Bitrix, npm or a browser, and so are in no source of this package. */
export const NAMES_OF_OTHERS: readonly string[] = [
	// n8n
	'Settings', 'Community Nodes', 'Install', 'Update', 'Import from File', 'Import', 'From File', 'From URL', 'Executions', 'Data tables', 'Error Workflow', 'Execute workflow', 'Execute Workflow', 'Merge', 'Code', 'HTTP Request',
	'Save successful production executions', 'Do not save', 'Production URL', 'OAuth Redirect URL', 'Client ID', 'Client Secret', 'Connect', 'saveDataSuccessExecution', 'Postgres', 'Basic Auth', 'Header Auth', 'Execute Sub-workflow', 'On Error', 'Stop Workflow', 'Timezone',
	// MoySklad and Bitrix
	'Users', 'Access Tokens', 'Developer resources', 'Other', 'Inbound webhook', 'Local application', 'Your handler path', 'Uses only API', 'REST API',
	// GitHub
	'Report a vulnerability', 'Security',
	// Time zones
	'Europe/Moscow',
];
