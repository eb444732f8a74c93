/**
 * @generated SignedSource<<006a32c049aadaf66abbdbae04979580>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ConcreteRequest } from 'relay-runtime';
export type HaloErrorCode = "ACCESS_DENIED" | "AUTHORITATIVE_SERVER_CHANGED" | "INVALID_INPUT" | "NOT_FOUND" | "OPERATION_NOT_SUPPORTED" | "OUTCOME_UNKNOWN" | "PMS_ERROR" | "PRACTICE_IDENTITY_CHANGED" | "QUERY_TIMED_OUT" | "RATE_LIMITED" | "RESULT_EXPIRED" | "RESULT_TOO_LARGE" | "SITE_UNAVAILABLE" | "SLOT_TAKEN" | "UPSTREAM_FAILED" | "%future added value";
export type CancelAppointmentInput = {
  appointmentId: string;
  bpSiteId: string;
};
export type useDeskCancelMutation$variables = {
  connections: ReadonlyArray<string>;
  input: CancelAppointmentInput;
};
export type useDeskCancelMutation$data = {
  readonly cancelAppointment: {
    readonly __typename: string;
    readonly cancelledAppointmentId?: string;
    readonly code?: HaloErrorCode;
    readonly message?: string;
    readonly retryable?: boolean;
  };
};
export type useDeskCancelMutation = {
  response: useDeskCancelMutation$data;
  variables: useDeskCancelMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "connections"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "input"
},
v2 = [
  {
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
  }
],
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "__typename",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "cancelledAppointmentId",
  "storageKey": null
},
v5 = {
  "kind": "InlineFragment",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "code",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "message",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "retryable",
      "storageKey": null
    }
  ],
  "type": "HaloError",
  "abstractKey": "__isHaloError"
};
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "useDeskCancelMutation",
    "selections": [
      {
        "alias": null,
        "args": (v2/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "cancelAppointment",
        "plural": false,
        "selections": [
          (v3/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              (v4/*:: as any*/)
            ],
            "type": "CancelAppointmentPayload",
            "abstractKey": null
          },
          (v5/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v1/*:: as any*/),
      (v0/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "useDeskCancelMutation",
    "selections": [
      {
        "alias": null,
        "args": (v2/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "cancelAppointment",
        "plural": false,
        "selections": [
          (v3/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              (v4/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "filters": null,
                "handle": "deleteEdge",
                "key": "",
                "kind": "ScalarHandle",
                "name": "cancelledAppointmentId",
                "handleArgs": [
                  {
                    "kind": "Variable",
                    "name": "connections",
                    "variableName": "connections"
                  }
                ]
              }
            ],
            "type": "CancelAppointmentPayload",
            "abstractKey": null
          },
          (v5/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "dd272b782ea8b6027a35cd75da965434",
    "id": null,
    "metadata": {},
    "name": "useDeskCancelMutation",
    "operationKind": "mutation",
    "text": "mutation useDeskCancelMutation(\n  $input: CancelAppointmentInput!\n) {\n  cancelAppointment(input: $input) {\n    __typename\n    ... on CancelAppointmentPayload {\n      cancelledAppointmentId\n    }\n    ... on HaloError {\n      __isHaloError: __typename\n      code\n      message\n      retryable\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "e6880563bc582c13cc91895fdad0a33b";

export default node;
