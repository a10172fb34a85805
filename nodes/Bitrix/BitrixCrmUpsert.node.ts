import { NodeConnectionTypes, type IExecuteFunctions, type INodeCredentialDescription, type INodeExecutionData, type INodeProperties, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { bitrixAuthenticationProperty, bitrixOnlyRestCredentials } from '../shared/bitrixConnection';
import { runOperations } from '../shared/dispatcher';
import { optionalMoySkladCredential } from '../shared/moySklad';
import { operationProperties } from '../shared/properties';
import { previewProperty } from '../shared/writeOutputs';
import { sendMessages } from './crm/chats/send';
import { confirmDeals } from './crm/export/confirm';
import { exportChangedDeals } from './crm/export/exportChanged';
import { crmLists, crmOptionLists } from './crm/lists';
import { findDuplicates } from './crm/operations/findDuplicates';
import { upsertDeals } from './crm/operations/upsertDeals';
import { upsertInvoices } from './crm/operations/upsertInvoices';
import { upsertPartners } from './crm/operations/upsertPartners';
import { addComments } from './crm/timeline/addComments';

const operations = [sendMessages, upsertPartners, confirmDeals, exportChangedDeals, upsertDeals, findDuplicates, upsertInvoices, addComments];

/** MoySklad is only asked for what items lack: goods of variants, units, accounts, contact persons. */
const credentials: INodeCredentialDescription[] = [...bitrixOnlyRestCredentials, optionalMoySkladCredential];

const writing = [sendMessages, upsertPartners, upsertDeals, upsertInvoices, addComments].map(({ value }) => value);
const previewOfWrites: INodeProperties = { ...previewProperty, displayOptions: { show: { operation: writing } } };

const OUTPUTS = ['Done', 'Failed', 'Cursor'];

export class BitrixCrmUpsert implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix CRM Upsert',
		name: 'bitrixCrmUpsert',
		icon: { light: 'file:../../icons/bitrix.svg', dark: 'file:../../icons/bitrix.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Make deals, contacts, companies and invoices of Bitrix24 follow MoySklad, and deals become customer orders; only differences are written',
		defaults: { name: 'Bitrix CRM Upsert' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: OUTPUTS,
		credentials,
		properties: [bitrixAuthenticationProperty, ...operationProperties(operations, {}, [previewOfWrites])],
	};

	methods = { listSearch: crmLists, loadOptions: crmOptionLists };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(operations, OUTPUTS).call(this);
	}
}
