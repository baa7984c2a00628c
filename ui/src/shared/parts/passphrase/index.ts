// A book without a keychain: the notice, and the passphrase.
export { NoKeychain } from "./NoKeychain";
export { PassphrasePanel } from "./PassphrasePanel";
