/**
 * The answer of /v1/rest/auth/metadata. Clients ask for it before their first query even where they have no credential;
 * Python's wants the AzureAD member. Nothing of it is ever used here: there is no login.
 */
export const authMetadata = {
  AzureAD: {
    LoginEndpoint: 'https://login.microsoftonline.com',
    LoginMfaRequired: false,
    KustoClientAppId: 'db662dc1-0cfe-4e1c-a843-19a68e65be58',
    KustoClientRedirectUri: 'https://microsoft/kustoclient',
    KustoServiceResourceId: 'https://kusto.kusto.windows.net',
    FirstPartyAuthorityUrl: 'https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a',
  },
  dSTS: {
    CloudEndpointSuffix: 'windows.net',
    DstsRealm: 'realm://dsts.core.windows.net',
    DstsInstance: 'prod-dsts.dsts.core.windows.net',
    KustoDnsHostName: 'kusto.windows.net',
    ServiceName: 'kusto',
  },
} as const;
