import { Credentials } from 'n8n-core';
import {
	ICredentialsHelper,
	NodeHelpers,
	UserError,
	isExpression,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';
import type { NodeLibrary } from './nodeLibrary.cts';

/** Secrets by the credential's type; a credential that a workflow names can be given by its name instead. */
export type Secrets = Record<string, ICredentialDataDecryptedObject>;

/**
 * n8n's credentials without its database. Requests are authenticated by the credential types themselves, as n8n does.
 * Tokens from pre-authentication and OAuth2 are written back into the secrets that were given: a test can read them.
 */
export class CredentialStore extends ICredentialsHelper {
	constructor(
		private readonly library: NodeLibrary,
		private readonly secrets: Secrets,
	) {
		super();
	}

	getParentTypes(type: string): string[] {
		return this.library.parentTypes(type);
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.library.credentialType(type).properties;
	}

	isCredentialUsableByNode(type: string, nodeType: string): boolean {
		const { restrictToSupportedNodes, supportedNodes = [] } = this.library.credentialType(type);
		// The loader of a package names its nodes without the package's own name.
		return !restrictToSupportedNodes || supportedNodes.some((name) => nodeType.endsWith(`.${name}`));
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.stored(details, type);
		const withDefaults = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			stored as never,
			true,
			false,
			null,
			null,
		);
		return { ...stored, ...(withDefaults as ICredentialDataDecryptedObject) };
	}

	async getCredentials(details: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		const credentials = new Credentials({ id: details.id, name: details.name }, type);
		await credentials.setData(this.stored(details, type));
		return credentials;
	}

	async updateCredentials(
		details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		Object.assign(this.stored(details, type), data);
	}

	async updateCredentialsOauthTokenData(
		details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		if (data.oauthTokenData !== undefined) this.stored(details, type).oauthTokenData = data.oauthTokenData;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		type: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const options = request as IHttpRequestOptions;
		const { authenticate } = this.library.credentialType(type);
		if (typeof authenticate === 'function') return await authenticate(credentials, options);

		const resolve = (value: string): string =>
			isExpression(value)
				? String(
						workflow.expression.getSimpleParameterValue(
							node,
							value,
							'internal',
							{ $credentials: credentials },
							undefined,
							'',
						) || '',
					)
				: value;
		const authenticated = options as unknown as Record<string, IDataObject | undefined>;
		for (const [part, entries] of Object.entries(authenticate?.properties ?? {})) {
			const target = (authenticated[part] ??= {});
			for (const [key, value] of Object.entries(entries as Record<string, string>))
				target[resolve(key)] = resolve(value);
		}
		return options;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		type: string,
		node: INode,
		expired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { properties } = this.library.credentialType(type);
		const token = properties.find(
			({ type: kind, typeOptions }) => kind === 'hidden' && typeOptions?.expirable === true,
		);
		if (!token || (credentials[token.name] !== '' && !expired)) return undefined;
		const output = await this.runPreAuthentication(helpers, credentials, type);
		if (output?.[token.name] === undefined) return undefined;
		const details = node.credentials?.[type];
		if (details) await this.updateCredentials(details, type, output);
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		type: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication } = this.library.credentialType(type);
		return (await preAuthentication?.call(helpers, credentials)) as ICredentialDataDecryptedObject | undefined;
	}

	private stored(details: INodeCredentialsDetails | undefined, type: string): ICredentialDataDecryptedObject {
		const found = this.secrets[details?.name ?? ''] ?? this.secrets[type];
		// As n8n's CredentialNotFoundError.
		if (!found) throw new UserError(`The test gives no secrets for a credential of the type "${type}"`);
		return found;
	}
}
