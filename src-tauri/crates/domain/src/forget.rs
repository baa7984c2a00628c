//! What stays of a frozen payload when its personal fields are forgotten (D10): names of companies, products, ids and
//! country; no person, address, mail or telephone. The hash of what was sent is kept beside it.

use crate::draft::CustomerForm;
use crate::operation::OperationPayload;
use crate::profile::CustomerProfile;

impl OperationPayload {
    /// The same without personal fields.
    #[must_use]
    pub fn without_persons(mut self) -> Self {
        match &mut self {
            Self::CreateCustomer(payload) => {
                for text in [
                    &mut payload.address_line_1,
                    &mut payload.city,
                    &mut payload.first_name,
                    &mut payload.last_name,
                    &mut payload.email,
                ] {
                    text.clear();
                }
                payload.address_line_2 = None;
                payload.postal_code = None;
                payload.phone = None;
                payload.registration_number = None;
            }
            Self::ConfirmAgreement(payload) => {
                for text in [&mut payload.first_name, &mut payload.last_name, &mut payload.email] {
                    text.clear();
                }
                payload.phone = None;
            }
            Self::UpdateCustomerProfile(payload) => {
                clear_profile(&mut payload.base);
                clear_profile(&mut payload.wanted);
            }
            Self::CreateCart(_)
            | Self::CheckoutCart
            | Self::VerifyOrder
            | Self::SetResellerOfRecord(_)
            | Self::ChangeSubscription(_)
            | Self::UpgradeSubscription(_)
            | Self::SetSupportContact(_) => {}
        }
        self
    }
}

impl CustomerForm {
    /// The same without personal fields.
    #[must_use]
    pub fn without_persons(mut self) -> Self {
        for text in [
            &mut self.registration_number,
            &mut self.address_line_1,
            &mut self.address_line_2,
            &mut self.postal_code,
            &mut self.city,
            &mut self.first_name,
            &mut self.last_name,
            &mut self.email,
            &mut self.phone,
            &mut self.signer_first_name,
            &mut self.signer_last_name,
            &mut self.signer_email,
            &mut self.signer_phone,
        ] {
            text.clear();
        }
        self
    }
}

fn clear_profile(profile: &mut CustomerProfile) {
    let CustomerProfile { company_name, country, language, culture, .. } = std::mem::take(profile);
    *profile = CustomerProfile { company_name, country, language, culture, ..CustomerProfile::default() };
}
