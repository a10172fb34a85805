import { NodeConnectionTypes, type ICredentialType, type IExecuteFunctions, type INodeExecutionData, type INodeProperties, type INodeType } from 'n8n-workflow';
import { Engine } from './engine.cts';
import { NodeLibrary } from './nodeLibrary.cts';

/** What a test wants to do inside of a node, with all that n8n gives to it. */
export type Probing = (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** The type of the node that does it. */
export const PROBE = 'test.probe';

/** The type that n8n makes of it for an AI agent. */
export const PROBE_TOOL = `${PROBE}Tool`;

const isProbe = (type: string): boolean => type === PROBE || type === PROBE_TOOL;

const typeOf = (credential: ICredentialType, properties: INodeProperties[], probing: () => Probing): INodeType => ({
	description: {
		displayName: 'Probe',
		name: 'probe',
		group: ['transform'],
		version: 1,
		description: 'Does what a test wants',
		defaults: { name: 'Probe' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: credential.name, required: true }],
		properties,
	},
	async execute() {
		return await probing()(this);
	},
});

/** An engine with one node that does what a test wants; what nodes share is tested with it, without a node of the package. */
export class ProbeEngine extends Engine {
	private probing: Probing = async () => await Promise.reject(new Error('Nothing to do'));

	/** @param fromN8n other packages whose nodes can be used, as for `Engine.load` */
	static async with(credential: ICredentialType, fromN8n: string[] = [], properties: INodeProperties[] = []): Promise<ProbeEngine> {
		const { library } = await Engine.load({ packages: [], fromN8n });
		const engine = new ProbeEngine(library);
		const probe = typeOf(credential, properties, () => engine.probing);
		const usable: ICredentialType = Object.assign(Object.create(credential) as ICredentialType, { supportedNodes: ['probe', 'probeTool'] });
		engine.replace({
			getByName: (type) => (isProbe(type) ? probe : NodeLibrary.prototype.getByName.call(library, type)),
			getByNameAndVersion: (type, version) => (isProbe(type) ? probe : NodeLibrary.prototype.getByNameAndVersion.call(library, type, version)),
			credentialType: (name) => (name === credential.name ? usable : NodeLibrary.prototype.credentialType.call(library, name)),
		});
		return engine;
	}

	/** What the node does from now on. */
	does(probing: Probing): void {
		this.probing = probing;
	}

	private replace(methods: Partial<Pick<NodeLibrary, 'getByName' | 'getByNameAndVersion' | 'credentialType'>>): void {
		Object.assign(this.library, methods);
	}
}
