// A real OpenID Connect provider on this machine: any name typed into its form logs in as that
// person, with the address NAME@contoh.example. Arguments: port, where Alur is asked back.
import { Provider } from 'oidc-provider'

const [port, back] = process.argv.slice(2)
const issuer = `http://127.0.0.1:${port}`
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'alur',
    client_secret: 'rahasia-uji',
    redirect_uris: [back],
    response_types: ['code'],
    grant_types: ['authorization_code'],
  }],
  pkce: { required: () => true },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  cookies: { keys: ['uji'] },
  features: { devInteractions: { enabled: true } },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      email: `${id.replace(/^tanpa-/, '')}@contoh.example`,
      email_verified: !id.startsWith('tanpa-'),
    }),
  }),
})
provider.listen(Number(port), '127.0.0.1', () => console.log(`siap ${issuer}`))
