import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type INode,
	type INodeType,
} from 'n8n-workflow';
import { additionalData } from './additionalData.cts';
import { ProbeEngine } from './probe.cts';

interface Rule {
	type: 'responseCode' | 'responseSuccessBody';
	properties: { value: unknown; message: string; key?: string };
}

interface Failure {
	message: string;
	cause?: { code?: string; response?: { status: number; statusText: string } };
}

/** Tests a credential as n8n does when the user saves it: by its declared request and rules. Gives what the user sees when it fails. */
export async function testCredential(credential: ICredentialType, data: ICredentialDataDecryptedObject): Promise<'OK' | { message: string }> {
	const { test } = credential;
	if (!test) throw new Error(`${credential.name} has no test of its own`);
	const rules = (test.rules ?? []) as Rule[];
	try {
		const body = await answerTo(credential, data);
		const broken = rules.find(({ type, properties }) => type === 'responseSuccessBody' && valueAt(body, properties.key ?? '') === properties.value);
		return broken ? { message: broken.properties.message } : 'OK';
	} catch (error) {
		const { cause, message } = error as Failure;
		const byStatus = rules.find(({ type, properties }) => type === 'responseCode' && properties.value === cause?.response?.status);
		return { message: byStatus?.properties.message ?? cause?.response?.statusText ?? cause?.code ?? message };
	}
}

async function answerTo(credential: ICredentialType, data: ICredentialDataDecryptedObject): Promise<unknown> {
	const { library } = await ProbeEngine.with(credential);
	const node: INode = { id: 'temp', name: 'Temp', type: 'test.probe', typeVersion: 1, position: [0, 0], parameters: {}, credentials: { [credential.name]: { id: 'c', name: credential.name } } };
	const type: INodeType = {
		description: {
			...library.getByNameAndVersion('test.probe').description,
			properties: [{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request: credential.test?.request } }],
		},
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) } });
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData(library, { [credential.name]: data }),
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ [NodeConnectionTypes.Main]: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const full = { ...data, ...(NodeHelpers.getNodeParameters(credential.properties, data as never, true, false, null, null) as ICredentialDataDecryptedObject) };
	const output = await new RoutingNode(context, type, { id: 'c', name: credential.name, type: credential.name, data: full }).runNode();
	return output?.[0]?.[0]?.json;
}

const valueAt = (body: unknown, key: string): unknown => (body as Record<string, unknown> | null | undefined)?.[key];
