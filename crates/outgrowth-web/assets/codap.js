// The protocol of CODAP's plugins, spoken where the page stands in a frame of it. iframe-phone.js is CODAP's own library for it.
"use strict";

(() => {
    let phone;
    let sent = Promise.resolve();
    globalThis.outgrowthConnectCodap = (answered) => {
        // What CODAP asks of its own accord is answered with nothing to say.
        const answer = (request, reply) => reply({ success: true });
        phone = new iframePhone.IframePhoneRpcEndpoint(answer, "data-interactive", window.parent);
        phone.call({ action: "get", resource: "interactiveFrame" }, (reply) => reply?.success && answered());
    };
    // One after the other: a table has to be there before something is put into it.
    globalThis.outgrowthSendCodap = (request) => {
        sent = sent.then(() => new Promise((done) => phone.call(JSON.parse(request), done)));
    };
})();
