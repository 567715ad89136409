/** Between the JSON that the server speaks and the buffers that browsers want (not every browser converts by itself). */

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(plain, (c) => c.charCodeAt(0))
}

export function base64url(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer))
  return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

type Described = { id: string; type: 'public-key'; transports?: AuthenticatorTransport[] }
const described = (list?: Described[]) => list?.map((c) => ({ ...c, id: bytes(c.id) }))

// biome-ignore lint/suspicious/noExplicitAny: the options are the server's, in the form that the standard gives them.
type Options = { publicKey: any }

export async function makeKey({ publicKey: o }: Options): Promise<unknown> {
  const publicKey: PublicKeyCredentialCreationOptions = {
    ...o,
    challenge: bytes(o.challenge),
    user: { ...o.user, id: bytes(o.user.id) },
    excludeCredentials: described(o.excludeCredentials),
  }
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
  const response = made.response as AuthenticatorAttestationResponse
  return {
    ...common(made),
    response: {
      clientDataJSON: base64url(response.clientDataJSON),
      attestationObject: base64url(response.attestationObject),
    },
  }
}

export async function showKey({ publicKey: o }: Options): Promise<unknown> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    ...o,
    challenge: bytes(o.challenge),
    allowCredentials: described(o.allowCredentials),
  }
  const used = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
  const response = used.response as AuthenticatorAssertionResponse
  return {
    ...common(used),
    response: {
      clientDataJSON: base64url(response.clientDataJSON),
      authenticatorData: base64url(response.authenticatorData),
      signature: base64url(response.signature),
      userHandle: response.userHandle ? base64url(response.userHandle) : null,
    },
  }
}

function common(credential: PublicKeyCredential) {
  return {
    id: credential.id,
    rawId: base64url(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
  }
}

/** Security keys and passkeys need a name for the server; browsers refuse a bare number such as 127.0.0.1. */
export function keysWork(): boolean {
  return 'PublicKeyCredential' in window && !/^[\d.]+$|:/.test(location.hostname)
}
