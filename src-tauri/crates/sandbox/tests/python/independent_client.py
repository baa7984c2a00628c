"""The practice server, used by a client that was made from Microsoft's own description of Partner Center and knows
nothing of this project: checks before, a customer created, listed and read, subscriptions read, an order placed.

Called with the address of a server without byte order marks: the client's JSON reader does not take them.
"""

import sys
import uuid

from microsoft.store.partnercenterservices import MicrosoftPartnerStoreApis, models
from msrest.authentication import BasicTokenAuthentication

V = "1"

# The description calls the password a .NET object; on the wire it is a text.
models.MicrosoftPartnerSdkContractsV1UserCredentials._attribute_map["password"]["type"] = "str"


def say(what):
    print(f"independent client: {what}")


def main(api):
    client = MicrosoftPartnerStoreApis(BasicTokenAuthentication({"access_token": "practice"}), api)
    customers = client.getvversioncustomerscustomer
    prefix = "independent" + uuid.uuid4().hex[:8]
    domain = prefix + ".onmicrosoft.com"

    rules = client.getvversioncountryvalidationrulescountry("DE", V, raw=True)
    assert rules.response.status_code == 200, rules.response.text
    assert rules.response.json()["iso2Code"] == "DE"
    say("country rules read")

    address = models.MicrosoftPartnerSdkContractsV1Address(
        country="DE", city="Hamburg", address_line1="Deichstraße 12", postal_code="20459",
        first_name="Ana", last_name="Moss", phone_number="+49 40 5550 0100",
    )
    checked = client.postvversionvalidationsaddress(address, V, raw=True)
    assert checked.response.status_code == 200, checked.response.text
    say("address checked")

    new = models.MicrosoftPartnerSdkContractsV1Customer(
        company_profile=models.MicrosoftPartnerSdkContractsV1CustomerCompanyProfile(domain=domain),
        billing_profile=models.MicrosoftPartnerSdkContractsV1CustomerBillingProfile(
            email="ana@independent.example", culture="de-DE", language="de", company_name="Independent Bakery",
            default_address=address,
        ),
    )
    request_id = str(uuid.uuid4())
    created = client.postvversioncustomers(new, V, ms_correlation_id=str(uuid.uuid4()), ms_request_id=request_id, raw=True)
    assert created.response.status_code == 201, created.response.text
    assert created.response.headers["MS-RequestId"] == request_id
    customer = created.output
    assert customer.company_profile.domain == domain
    assert customer.user_credentials.password, "the password comes with the creation"
    say("customer created")

    read = customers.id(customer.id, V)
    assert read.billing_profile.company_name == "Independent Bakery"
    assert read.user_credentials is None, "and never again"
    assert customers.idprofilesbilling(customer.id, V).email == "ana@independent.example"
    assert customers.idprofilescompany(customer.id, V).domain == domain
    say("customer read")

    wanted = '{"Field":"Domain","Value":"%s","Operator":"starts_with"}' % prefix
    found = client.getvversioncustomersfilterfilter.value(V, filter=wanted, size=0)
    assert [one.id for one in found.items] == [customer.id], [one.id for one in found.items]
    page = client.getvversioncustomersfilterfilter.value(V, size=25)
    assert page.total_count == 25 and page.links.next.uri, "a page with a next one"
    say("customers listed and found")

    assert customers.value9(customer.id, V).total_count == 0
    offers = client.getvversionofferscountrycountry.value(V, "DE")
    offer = next(one for one in offers.items if not one.is_add_on)
    order = models.MicrosoftPartnerSdkContractsV1Order(
        reference_customer_id=customer.id, billing_cycle="monthly",
        line_items=[models.MicrosoftPartnerSdkContractsV1OrderLineItem(line_item_number=0, offer_id=offer.id, quantity=5)],
    )
    placed = client.postvversioncustomerscustomer.idorders(customer.id, order, V, raw=True)
    assert placed.response.status_code == 201, placed.response.text
    say("order placed")

    again = customers.id5(customer.id, placed.output.id, V)
    assert again.line_items[0].quantity == 5
    owned = customers.value9(customer.id, V)
    assert [(one.quantity, one.order_id) for one in owned.items] == [(5, placed.output.id)]
    one = customers.id6(customer.id, owned.items[0].id, V)
    assert one.status == "active" and one.billing_cycle == "monthly"
    assert customers.idprovisioningstatus(customer.id, one.id, V).status == "success"
    assert customers.idsupportcontact(customer.id, one.id, V).name
    assert customers.value4(customer.id, V).items[0].total_units == 5
    say("order, subscription, licences read")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
