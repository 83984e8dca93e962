/** AI agents and OAuth applications. Tables of Defender XDR advanced hunting, as data. */
import { columns, type TableSchema, table } from '../table.ts';

export const agentsTables: readonly TableSchema[] = [
  table('AgentsInfo', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-agentsinfo-table',
    columns: columns(`
      Timestamp:datetime AgentId AgentName Platform AgentDescription Version SourceAgentId EntraAgentId
      EntraBlueprintId ToolsAuthenticationType:dynamic Permissions:dynamic PublishedStatus LifecycleStatus
      Availability CreatedDateTime:datetime LastPublishedDateTime:datetime LastUpdatedDateTime:datetime
      Owners:dynamic SharedWith:dynamic InstanceCount:int Instructions Model Channels:dynamic Capabilities:dynamic
      DeclaredDataSources:dynamic DeclaredTools:dynamic McpServers:dynamic Skills:dynamic ConnectedAgents:dynamic
      Memory:dynamic Triggers:dynamic Guardrails:dynamic Endpoints:dynamic ObservabilityId:dynamic
      RawAgentInfo:dynamic
    `),
  }),
  table('AIAgentsInfo', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-aiagentsinfo-table',
    columns: columns(`
      Timestamp:datetime RegistrySource AIAgentId:guid AIAgentName AgentCreationTime:datetime CreatorAccountUpn
      OwnerAccountUpns LastModifiedByUpn LastModifiedTime:datetime LastPublishedTime:datetime LastPublishedByUpn
      AgentDescription AgentStatus UserAuthenticationType AgentUsers KnowledgeDetails AgentActionTriggers
      RawAgentInfo AuthenticationTrigger AccessControlPolicy AuthorizedSecurityGroupIds:dynamic
      AgentTopicsDetails:dynamic AgentToolsDetails:dynamic EnvironmentId Platform
      IsGenerativeOrchestrationEnabled:bool AgentAppId ConnectedAgentsSchemaNames:dynamic
      ChildAgentsSchemaNames:dynamic Version IsBlocked:bool Instructions EntraObjectId EntraBlueprintId AIModel
      AccessCapabilities:dynamic ElementTypes:dynamic SourceAgentId
    `),
  }),
  table('OAuthAppInfo', {
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-oauthappinfo-table',
    columns: columns(`
      ReportId Timestamp:datetime OAuthAppId ServicePrincipalId AppName AddedOnTime:datetime
      LastModifiedTime:datetime AppStatus VerifiedPublisher:dynamic PrivilegeLevel Permissions:dynamic
      ConsentedUsersCount:int IsAdminConsented:bool AppOrigin LastUsedTime:datetime AppOwnerTenantId
    `),
  }),
];
