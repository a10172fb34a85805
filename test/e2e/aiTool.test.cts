import type { IConnections, INode, INodeParameters, NodeConnectionType } from 'n8n-workflow';
import { N8nApi, type ApiWorkflow } from '../n8n/api.cts';
import { startN8n, type N8n } from '../n8n/instance.cts';
import { PACKAGE_NAME } from '../n8n/repository.cts';
import { node, to } from '../n8n/workflowDraft.cts';
import { plainProducts } from '../simulators/moysklad/plainProducts.cts';
import { startMoySklad, type RunningMoySklad } from '../simulators/moysklad/start.cts';
import { startChatModel, type ChatModel } from '../support/chatModel.cts';

const AI = '@n8n/n8n-nodes-langchain';
const ABSENT = '7a000000-0000-4000-8000-000000000001';

/** A parameter that the model fills in. */
const fromAi = (name: string, what: string, type = 'string'): string => `={{ $fromAI('${name}', '${what}', '${type}') }}`;

const tool = (name: string, description: string, parameters: INodeParameters): INode =>
	node(name, `${PACKAGE_NAME}.moySkladEntityTool`, { descriptionType: 'manual', toolDescription: description, resource: 'product', ...parameters });

const TOOLS = [
	tool('Find Products', 'Finds products by words of their names', { operation: 'getAll', limit: 3, options: { search: fromAi('words', 'words of the name') } }),
	tool('Read Product', 'Reads a product', { operation: 'get', objectId: { __rl: true, mode: 'id', value: fromAi('product', 'its id') } }),
	tool('Weigh Product', 'Sets how heavy a product is', {
		operation: 'update',
		fields: { mappingMode: 'defineBelow', value: { id: fromAi('product', 'its id'), weight: fromAi('weight', 'in kilograms', 'number') }, matchingColumns: ['id'], schema: [], attemptToConvertTypes: false, convertFieldsToString: false },
	}),
];

const joined = (name: string, kind: NodeConnectionType): IConnections => ({ [name]: { [kind]: [[{ node: 'Agent', type: kind, index: 0 }]] } });

const ASSISTANT = {
	name: 'Assistant of a shop',
	nodes: [
		node('Asked', 'n8n-nodes-base.manualTrigger'),
		node('Agent', `${AI}.agent`, { promptType: 'define', text: '={{ $json.question }}' }, { typeVersion: 3.1 }),
		node('Model', `${AI}.lmChatOpenAi`, { model: { __rl: true, mode: 'id', value: 'stand-in' }, responsesApiEnabled: false }, { typeVersion: 1.3 }),
		...TOOLS,
	],
	connections: {
		Asked: { main: [to('Agent')] },
		...joined('Model', 'ai_languageModel'),
		...Object.fromEntries(TOOLS.flatMap(({ name }) => Object.entries(joined(name, 'ai_tool')))),
	},
	settings: { executionOrder: 'v1' as const },
};

/** The agent is n8n's own; only the language model behind it is a stand-in, which calls what it is told to. */
describe('An AI agent with our node as its tool', () => {
	let n8n: N8n;
	let moySklad: RunningMoySklad;
	let model: ChatModel;
	let api: N8nApi;
	let workflow: ApiWorkflow;

	beforeAll(async () => {
		[n8n, moySklad, model] = await Promise.all([startN8n(), startMoySklad({ size: { products: 5, pictures: 0 } }), startChatModel()]);
		api = await N8nApi.logIn(n8n);
		workflow = await api.createWorkflow(ASSISTANT, [
			await api.createCredential('moySkladApi', { authentication: 'token', token: moySklad.users.integration.token, baseUrl: moySklad.baseUrl }),
			await api.createCredential('openAiApi', { apiKey: 'none', url: model.url }),
		]);
	});
	afterAll(async () => {
		await n8n?.stop();
		await Promise.all([moySklad?.close(), model?.close()]);
	});

	/** Has the model call a tool; gives what the tool answered it, and what the agent says in the end. */
	async function call(name: string, values: Record<string, unknown>): Promise<{ heard: string; said: string }> {
		model.wants = { tool: name, arguments: values };
		const before = model.heard.length;
		const { run } = await api.run(workflow.id, 'Asked', [{ json: { question: 'Do it' } }]);
		if (run.error) throw run.error;
		expect(model.heard).toHaveLength(before + 1);
		return { heard: String(model.heard.at(-1)), said: String(run.node('Agent').json()[0]?.output) };
	}

	it('offers each of its operations with what the model has to say', async () => {
		await call('Find_Products', { words: 'x' });
		expect(Object.fromEntries(model.offered.map(({ name, description, parameters }) => [name, [description, ...Object.keys(parameters.properties)]]))).toEqual({
			Find_Products: ['Finds products by words of their names', 'words'],
			Read_Product: ['Reads a product', 'product'],
			Weigh_Product: ['Sets how heavy a product is', 'product', 'weight'],
		});
	});

	it('reads what the model asks for, and the model gets it', async () => {
		const [product] = plainProducts(moySklad.account);
		const { heard, said } = await call('Read_Product', { product: product?.id });
		expect(JSON.parse(heard)).toMatchObject([{ id: product?.id, name: product?.name, externalCode: product?.externalCode }]);
		expect(said).toBe(heard);
		expect(JSON.parse((await call('Find_Products', { words: product?.name })).heard)).toMatchObject([{ id: product?.id }]);
	});

	it('writes what the model says, and tells it what has changed', async () => {
		const [product] = plainProducts(moySklad.account);
		const { heard } = await call('Weigh_Product', { product: product?.id, weight: 12.5 });
		expect(JSON.parse(heard)).toMatchObject([{ status: 'updated', moySkladId: product?.id, changes: [{ field: 'weight', to: 12.5 }] }]);
		expect(moySklad.account.table('product').get(String(product?.id))).toMatchObject({ weight: 12.5 });
		expect(JSON.parse((await call('Weigh_Product', { product: product?.id, weight: 12.5 })).heard)).toMatchObject([{ status: 'unchanged' }]);
	});

	it('tells the model the code of an error, and what to do', async () => {
		expect((await call('Read_Product', { product: ABSENT })).heard).toMatch(/MOYSKLAD_NOT_FOUND/);
		expect((await call('Weigh_Product', { product: ABSENT, weight: 1 })).heard).toMatch(/MOYSKLAD_NOT_FOUND/);
	});
});
